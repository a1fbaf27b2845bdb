using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;

namespace ChatOpsCampaigns.Bot.Operating;

/// <summary>Whether this process still keeps all others away from its data.</summary>
/// <param name="server">What keeps other processes away from a server's database; null where there is none.</param>
internal sealed class SoleHold(DataFolderLock folder, PostgresHold? server = null)
{
    /// <summary>What is no longer held; empty when all is.</summary>
    public async Task<IReadOnlyList<string>> LostAsync(CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        if (!folder.IsHeld)
            lost.Add("the data folder is no longer held by this process; stop it before another one works on the same data");

        if (server is not null && !await server.IsHeldAsync(cancellationToken))
            lost.Add("the hold on the database is lost; start this process again before another one works on the same database");

        return lost;
    }
}
