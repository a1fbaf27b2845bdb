using ChatOpsCampaigns.Automation.Alerts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>The address in alerts: what <c>Public:BaseUrl</c> says, else the chat's own on this machine.</summary>
/// <param name="said">Null where nobody said one.</param>
internal sealed class ChatPlace(Uri? said, IServer server) : IChatPlace
{
    public const string Setting = "Public:BaseUrl";

    public Uri? Address(string? incident) =>
        (said ?? Bound()) is { } root ? new Uri(root, incident is null ? "" : $"?incident={Uri.EscapeDataString(incident)}") : null;

    /// <summary>With a slash at its end, so that what follows is added and replaces nothing.</summary>
    public static Uri? Read(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Query: "", Fragment: "", UserInfo: "" } =>
            new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/"),
        var text => throw new InvalidOperationException($"{Setting} is \"{text}\"; write the whole address under which people reach the chat, such as https://campaigns.example.com."),
    };

    private Uri? Bound() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address ? new Uri(address) : null;
}
