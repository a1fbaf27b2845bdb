using System.Net;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>The local chat's Admin is whoever reaches it: it listens on this machine only.</summary>
internal static class LocalListener
{
    public const string Default = "http://127.0.0.1:3978";

    /// <summary>Refuses addresses that others could reach, before anything is bound. Kestrel:Endpoints would silently override Urls.</summary>
    public static void Check(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            throw new InvalidOperationException("Kestrel:Endpoints is not used here; set Urls to a loopback address such as http://127.0.0.1:3978.");

        var shared = PublicListener.Read(configuration);
        foreach (var address in (configuration["Urls"] ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsLoopback(address))
                throw new InvalidOperationException($"Urls holds {address}; the local chat listens on 127.0.0.1, localhost or [::1] only.");

            // Which listener a request came by is told by its port.
            if (shared.IsOf(address))
                throw new InvalidOperationException($"{PublicListener.Setting} has the port of Urls, {address}; the local chat needs a port of its own.");
        }
    }

    /// <summary>Where people on this machine reach the chat; null while its port is not known.</summary>
    public static Uri? Address(IConfiguration configuration) =>
        (configuration["Urls"] ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Port > 0 ? uri : null)
            .FirstOrDefault(uri => uri is not null);

    /// <summary>What was really bound, whatever set it.</summary>
    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
