using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Tab;

/// <summary>
/// The token that Teams gives the page of the tab: signed by Entra for this app, in our tenant, now, for a person who is signed in and for the one scope of the
/// page. What an app got for itself, and what was made for another app, is none.
/// </summary>
internal sealed class SignInTokens(SignInKeys keys, TeamsSettings settings, TimeProvider machine)
{
    /// <summary>What the app registration offers to Teams, and what the page asks for.</summary>
    public const string Scope = "access_as_user";

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256];

    /// <param name="authorization">Every header of that name.</param>
    /// <returns>Who it is, or why nobody can be told.</returns>
    public async Task<(PersonId? Person, Trust Trust)> WhoAsync(IReadOnlyList<string?> authorization, CancellationToken cancellationToken)
    {
        var read = SignedToken.Read(authorization, Algorithms, "Entra");
        if (read.Token is not { } token)
            return (null, read.Refused);

        try
        {
            if (await keys.FindAsync(token.Kid, cancellationToken) is not { } key)
                return (null, Trust.Unknown("its token is signed with no key of Entra"));

            return await SignedToken.WrongAsync(token, key, Rules, machine) is { } wrong ? (null, wrong) : Of(token);
        }
        catch (KeysAwayException fault)
        {
            return (null, Trust.Later(fault.Message));
        }
    }

    /// <summary>An app registration says which of the two versions of tokens it gets; the older one names the app by its address.</summary>
    private TokenRules Rules => new(
        [$"https://login.microsoftonline.com/{settings.TenantId}/v2.0".ToLowerInvariant(), $"https://sts.windows.net/{settings.TenantId}/".ToLowerInvariant()],
        [settings.AppId!.ToLowerInvariant(), $"api://{settings.PublicHost}/{settings.AppId}".ToLowerInvariant()],
        Algorithms, "Entra in Teams:TenantId", "Teams:AppId");

    private (PersonId? Person, Trust Trust) Of(JsonWebToken token)
    {
        if (!Said(token, "tid").Equals(settings.TenantId, StringComparison.OrdinalIgnoreCase))
            return (null, Trust.NotForUs("its token is of another tenant than Teams:TenantId"));

        if (!Said(token, "scp").Split(' ').Contains(Scope))
            return (null, Trust.NotForUs($"its token is not for a person's {Scope}"));

        return Guid.TryParseExact(Said(token, "oid"), "D", out var person)
            ? (TeamsPeople.PersonOf(person.ToString("D")), Trust.Genuine)
            : (null, Trust.NotForUs("its token names nobody"));
    }

    private static string Said(JsonWebToken token, string claim) => token.TryGetClaim(claim, out var said) ? said.Value : "";
}
