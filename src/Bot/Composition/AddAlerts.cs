using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Running;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Start;
using Microsoft.AspNetCore.Hosting.Server;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class AlertServices
{
    /// <summary>Mail, SMS and push; one that is not configured is shown as not set up.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        var email = configuration.GetSection("Alerts:Email").Get<EmailSettings>() ?? new EmailSettings();
        var sms = configuration.GetSection("Alerts:Sms").Get<HttpAlertSettings>() ?? new HttpAlertSettings();
        var push = configuration.GetSection("Alerts:Push").Get<HttpAlertSettings>() ?? new HttpAlertSettings();
        if ((email.Problem() ?? sms.Problem("Alerts:Sms") ?? push.Problem("Alerts:Push")) is { } problem)
            throw new InvalidOperationException(problem);

        var place = ChatPlace.Read(configuration);
        services.AddHttpClient("alerts").RemoveAllLoggers();
        return services
            .AddSingleton<IChatPlace>(provider => new ChatPlace(place, provider.GetRequiredService<IServer>()))
            .AddSingleton<IAlertChannel>(provider => new EmailAlerts(email, provider.GetRequiredService<IChatPlace>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IAlertChannel>(provider => Gateway("sms", sms, provider))
            .AddSingleton<IAlertChannel>(provider => Gateway("push", push, provider))
            .AddSingleton<IDraftCheck, AlertChannelsAreSetUp>()
            .AddSingleton<MessagesUnderWay>()
            .AddSingleton<AlertSender>()
            .AddHostedService<AlertWorker>();
    }

    private static HttpAlerts Gateway(string name, HttpAlertSettings settings, IServiceProvider provider) => new(
        name, settings, provider.GetRequiredService<IHttpClientFactory>().CreateClient("alerts"), provider.GetRequiredService<IChatPlace>(), provider.GetRequiredService<TimeProvider>());
}
