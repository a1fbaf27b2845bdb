using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>
/// Numbers for the short names that people type: each one higher than any before it, also after what bore those is deleted. The number is saved
/// together with what it names: one that could not be saved is free again.
/// </summary>
internal static class Handles
{
    /// <param name="kind">What is numbered: <c>incidents</c>.</param>
    /// <param name="already">How many there are; asked once, of a database from before numbers were kept, when nothing had been deleted yet.</param>
    public static async Task<long> NextAsync(
        CampaignsDb db, string workspace, string kind, Func<Task<int>> already, CancellationToken cancellationToken)
    {
        var row = await db.Set<GivenNumberRow>().SingleOrDefaultAsync(known => known.Workspace == workspace && known.Kind == kind, cancellationToken);
        if (row is null)
            db.Add(row = new GivenNumberRow { Workspace = workspace, Kind = kind, Last = await already() });

        return ++row.Last;
    }
}
