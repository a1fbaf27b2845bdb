using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Bot.Composition;
using Microsoft.Extensions.Options;

var verb = Arguments.Verb(args);
if (Arguments.Refuse(verb) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = Arguments.Settings(args),
    WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
});

try
{
    LocalListener.Check(builder.Configuration);
    builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? LocalListener.Default);
    builder.Services.Configure<HostOptions>(options =>
    {
        options.ShutdownTimeout = TimeSpan.FromSeconds(10);
        options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
    });

    var folder = DataFolderSetting.Read(builder.Configuration, builder.Environment);
    using var held = DataFolderLock.Take(folder, TimeProvider.System);
    builder.Services
        .AddSingleton(folder)
        .AddPersistence(builder.Configuration)
        .AddClocks(builder.Configuration)
        .AddPeople(builder.Configuration)
        .AddAdNetworks(builder.Configuration)
        .AddMedia(builder.Configuration)
        .AddCreation(builder.Configuration)
        .AddAlerts(builder.Configuration)
        .AddSafety(builder.Configuration)
        .AddAgent(builder.Configuration)
        .AddWizard(builder.Configuration)
        .AddWebChat(builder.Configuration)
        .AddDialogs(builder.Configuration);

    await using var app = builder.Build();
    await app.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
    if (verb == Arguments.AuditVerify)
        return await AuditReport.WriteAsync(app.Services, builder.Configuration, Console.Out, CancellationToken.None);

    app.Services.GetService<IStartupValidator>()?.Validate();
    app.MapAll();
    await HostStart.RunAsync(app);
    return 0;
}
catch (Exception refusal) when (Arguments.IsSentence(refusal))
{
    return Arguments.Say(refusal.Message);
}

/// <summary>The program, for tests that start it in their own process.</summary>
public partial class Program;
