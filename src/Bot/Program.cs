using ChatOpsCampaigns.Bot.Auditing;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Bot.Checkup;
using ChatOpsCampaigns.Bot.Composition;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Simulating;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;

if (args is [PictureWorker.Verb])
    return PictureWorker.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());

var verb = Arguments.Verb(args);
if (Arguments.Refuse(verb) is { } exitCode)
    return exitCode;

if (OptionNames.Unknown(Arguments.Settings(args)) is { } unknown)
    return Arguments.Say(unknown);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = Arguments.Settings(args),
    WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
});

try
{
    if (BenchProgram.Verbs.Contains(verb))
        return await BenchProgram.RunAsync(verb, builder.Configuration, Console.Out, CancellationToken.None);

    if (verb == SimulateProgram.Verb)
        return await SimulateProgram.RunAsync(builder.Configuration, Console.Out, CancellationToken.None);

    if (verb == Arguments.Doctor)
        return await DoctorReport.WriteAsync(builder.Configuration, builder.Environment, Console.Out, CancellationToken.None);

    if (OptionNames.Unknown(builder.Configuration) is { } mistyped)
        return Arguments.Say(mistyped);

    // A start that fails ends in one sentence; the host would tell it with a trace besides.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    LocalListener.Check(builder.Configuration);
    builder.WebHost.UseUrls([builder.Configuration["Urls"] ?? LocalListener.Default, .. PublicListener.Read(builder.Configuration).Addresses.Select(address => address.AbsoluteUri)]);
    builder.WebHost.ConfigureKestrel(kestrel => ListenerLimits.Set(kestrel.Limits));
    builder.Services.Configure<HostOptions>(options =>
    {
        options.ShutdownTimeout = TimeSpan.FromSeconds(10);
        options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
    });

    // What a verb prints is for the next program in the pipe.
    if (verb.Length > 0)
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    var folder = DataFolderSetting.Read(builder.Configuration, builder.Environment);
    if (AuditVerbs.Has(verb) && AuditVerbs.WhyNone(folder, builder.Configuration) is { } nowhere)
        return Arguments.Say(nowhere);

    using var held = DataFolderLock.Take(folder, TimeProvider.System);
    builder.Services.AddSingleton(folder).AddSingleton(held).AddAll(builder.Configuration);

    await using var app = builder.Build();
    if (AuditVerbs.Has(verb))
        return await AuditVerbs.RunAsync(verb, app.Services, builder.Configuration, CancellationToken.None);

    await app.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
    if (verb == Arguments.Forget)
        return await ForgettingVerb.RunAsync(app.Services, builder.Configuration, Console.Out, CancellationToken.None);

    app.Services.GetService<IStartupValidator>()?.Validate();
    await ClockRefusal.CheckAsync(app.Services, CancellationToken.None);
    // Built with or without a language model, so that a verb that cannot be offered to one is found now.
    app.Services.GetRequiredService<KernelPlugin>();
    // Read now, so that whoever stops everything is known later without the database.
    await app.Services.GetRequiredService<RosterBook>().AllAsync(CancellationToken.None);
    // Written now, so that nothing is raised or resumed that an earlier life stopped and could only note beside the database.
    await app.Services.GetRequiredService<IncidentBook>().CatchUpAsync(CancellationToken.None);
    // Read now, so that a wrong key is one sentence.
    _ = app.Services.GetRequiredService<AuditKey>().Value;
    await app.Services.GetRequiredService<TrailStanding>().SayAsync(CancellationToken.None);
    await app.Services.GetRequiredService<ForgettingEnd>().AfterCrashAsync(CancellationToken.None);
    app.MapAll();
    await HostStart.RunAsync(app);
    return 0;
}
catch (Exception refusal) when (Arguments.IsSentence(refusal))
{
    return Arguments.Say(Arguments.SentenceOf(refusal));
}

/// <summary>The program, for tests that start it in their own process.</summary>
public partial class Program;
