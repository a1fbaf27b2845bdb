using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>What people set: whether it is accepted, and who hears of an emergency.</summary>
internal static class SetupLooks
{
    /// <param name="refusal">Why the bot would not start; null when it would.</param>
    public static IEnumerable<Finding> Configuration(IConfiguration configuration, string? refusal)
    {
        yield return refusal is null
            ? Finding.Ok("configuration", "accepted")
            : Finding.Fail("configuration", refusal, "Change or leave out that setting; what depends on it was not looked at.");

        foreach (var line in UnbuiltOptions.Lines(configuration))
            yield return Finding.Warn("configuration", line.TrimEnd('.'), "Leave it out until it is built.");
    }

    /// <summary>Where an emergency of each account is posted.</summary>
    public static async Task<IReadOnlyList<Finding>> ChannelsAsync(IServiceProvider services, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<IAdAccounts>();
        var unbound = new List<string>();
        var all = await accounts.AllAsync(cancellationToken);
        foreach (var account in all)
        {
            if ((await accounts.BindingAsync(account.Id, cancellationToken)).Incidents.Length == 0)
                unbound.Add(account.Id.Value);
        }

        var onCall = PeopleOptions.From(configuration).With(Automation.People.Role.OnCall, configuration);
        return
        [
            unbound.Count == 0
                ? Finding.Ok("channels", $"incidents of all {all.Count} accounts have a channel")
                : Finding.Ok("channels", $"incidents of {(unbound.Count == all.Count ? "every account" : string.Join(", ", unbound))} go to the people on call one by one"),
            onCall.Count > 0
                ? Finding.Ok("people", $"on call: {string.Join(", ", onCall)}")
                : Finding.Warn("people", "nobody is on call, so every Admin is called", "People:Roles:local:olga:0=OnCall"),
        ];
    }

    public static IEnumerable<Finding> Alerts(IConfiguration configuration)
    {
        var email = configuration.GetSection("Alerts:Email").Get<EmailSettings>() ?? new EmailSettings();
        var gateways = new[] { "Sms", "Push" }.Select(name => (Name: name, Settings: configuration.GetSection($"Alerts:{name}").Get<HttpAlertSettings>() ?? new HttpAlertSettings())).ToList();
        string[] problems = [.. new[] { email.Problem() }.Concat(gateways.Select(gateway => gateway.Settings.Problem($"Alerts:{gateway.Name}"))).OfType<string>()];
        string[] set = [.. new[] { email.Host is { Length: > 0 } ? "mail" : null }.Concat(gateways.Select(gateway => gateway.Settings.Url is { Length: > 0 } ? gateway.Name.ToLowerInvariant() : null)).OfType<string>()];
        if (problems.Length > 0)
            return problems.Select(problem => Finding.Fail("alerts", problem, "Complete or leave out that section."));

        return
        [
            set.Length > 0
                ? Finding.Ok("alerts", $"emergencies leave by {string.Join(" and ", set)} and in the chat; whether they arrive, \"drill\" would tell, which is not built yet")
                : Finding.Warn("alerts", "emergencies are told in the chat alone: nobody is woken at night", "Set Alerts:Email:Host, :From and :To, or Alerts:Sms:Url, or Alerts:Push:Url."),
        ];
    }

    /// <summary>What leaves the machine about the program itself.</summary>
    public static IEnumerable<Finding> Outward(IConfiguration configuration)
    {
        yield return TelemetryOptions.From(configuration).Endpoint is { } endpoint
            ? Finding.Ok("telemetry", $"metrics and traces go to {endpoint.Host}:{endpoint.Port}")
            : Finding.Ok("telemetry", "metrics at /metrics on this machine alone");
    }
}
