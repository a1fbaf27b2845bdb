using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>A bot without campaigns, for all tests of a class. It knows more marketers than the demonstration's.</summary>
public sealed class EmptyBot : IAsyncLifetime
{
    private BotProcess? _bot;

    public BotProcess Bot => _bot!;

    public async ValueTask InitializeAsync() => _bot = await BotProcess.StartAsync(
        TestContext.Current.CancellationToken,
        ["--empty", .. new[] { "bea", "carl", "dora", "emil" }.SelectMany(name => new[] { $"--People:Roles:local:{name}:0", "Marketer" })]);

    public ValueTask DisposeAsync() => _bot?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A bot with the demonstration account, for all tests of a class.</summary>
public sealed class DemoBot : IAsyncLifetime
{
    private BotProcess? _bot;

    public BotProcess Bot => _bot!;

    public async ValueTask InitializeAsync() => _bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _bot?.DisposeAsync() ?? ValueTask.CompletedTask;
}
