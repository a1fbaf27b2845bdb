using ChatOpsCampaigns.Bot.Tests;
using ChatOpsCampaigns.Kit;

[assembly: AssemblyFixture(typeof(RunningBot))]

// Most of them wait for a program, or for campaign time to pass.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]

namespace ChatOpsCampaigns.Bot.Tests;

/// <summary>One bot for all tests that only talk to it. Each test comes as a person of its own, so that they do not meet.</summary>
public sealed class RunningBot : IAsyncLifetime
{
    private BotProcess? _bot;

    public Uri Address => _bot!.Address;

    public string Folder => _bot!.Folder;

    public async ValueTask InitializeAsync() => _bot = await BotProcess.StartAsync(CancellationToken.None, "--empty");

    public async ValueTask DisposeAsync()
    {
        if (_bot is not null)
            await _bot.DisposeAsync();
    }

    internal Task<ChatClient> OpenAsync(string person, CancellationToken cancellationToken) => ChatClient.OpenAsync(Address, person, cancellationToken);
}
