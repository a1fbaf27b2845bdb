using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>What a token has to be.</summary>
/// <param name="By">Who signs it, for the log.</param>
/// <param name="For">Whom it is for, for the log.</param>
internal sealed record TokenRules(string[] Issuers, string[] Audiences, string[] Algorithms, string By, string For);

/// <summary>A token in a request's header: what can be said of it before its key is known, and with it.</summary>
internal static class SignedToken
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler Handler = new();

    /// <param name="authorization">Every header of that name.</param>
    /// <returns>A token that is not believed yet, or why there is none.</returns>
    public static (JsonWebToken? Token, Trust Refused) Read(IReadOnlyList<string?> authorization, string[] algorithms, string by)
    {
        if (authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.Ordinal))
            return (null, Trust.Unknown(authorization.Count == 0 ? "it has no token" : "it has no single Bearer token"));

        return TryRead(header[Scheme.Length..], out var token) && algorithms.Contains(token.Alg) && token.Kid is { Length: > 0 }
            ? (token, Trust.Genuine)
            : (null, Trust.Unknown($"it has no token that is signed as {by} signs"));
    }

    /// <summary>Null when it is genuine.</summary>
    public static async Task<Trust?> WrongAsync(JsonWebToken token, JsonWebKey key, TokenRules rules, TimeProvider machine)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuers = rules.Issuers,
            ValidAudiences = rules.Audiences,
            ValidAlgorithms = rules.Algorithms,
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (from, until, _, _) => IsNow(from, until, machine),
        });
        return result.IsValid
            ? null
            : result.Exception switch
            {
                SecurityTokenInvalidAudienceException => Trust.NotForUs($"its token is for somebody else than {rules.For}"),
                SecurityTokenInvalidIssuerException => Trust.Unknown($"its token is from somebody else than {rules.By}"),
                SecurityTokenInvalidLifetimeException => Trust.Unknown("its token is not valid now"),
                _ => Trust.Unknown($"its token is not signed by {rules.By}"),
            };
    }

    private static bool IsNow(DateTime? from, DateTime? until, TimeProvider machine)
    {
        var now = machine.GetUtcNow().UtcDateTime;
        return until is { } end && now <= end + Skew && (from is not { } begin || now >= begin - Skew);
    }

    private static bool TryRead(string text, out JsonWebToken token)
    {
        try
        {
            token = new JsonWebToken(text);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or FormatException or JsonException)
        {
            token = null!;
            return false;
        }
    }
}
