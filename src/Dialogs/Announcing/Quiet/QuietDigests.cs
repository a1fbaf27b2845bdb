using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing.Quiet;

/// <summary>
/// What calls for nobody, of all campaigns whose news goes to a conversation: one message a day there, edited as more happens. Each happening belongs to the day
/// of its ad account's clock. After a restart it goes on with what the feed knows of the day.
/// </summary>
public sealed class QuietDigests(IActivityFeed feed, Audience audience, IAdAccounts accounts, CampaignClock clock)
{
    private const int MostShown = 8;

    /// <summary>How far back is looked after a restart, in events of all campaigns.</summary>
    private const int LookedBack = 400;

    private readonly Turnstile _one = new();

    /// <summary>Of accounts far apart two days may run at once.</summary>
    private readonly Dictionary<(ConversationId Place, AccountDay Date), Day> _days = [];

    /// <param name="Latest">The last that happened, the newest first.</param>
    private sealed record Day(AccountDay Date, int Count, ImmutableHashSet<CampaignId> Campaigns, ImmutableArray<FeedEvent> Latest)
    {
        /// <summary>The first of the audit trail on this day, for whoever compares by hand; those after it are not told.</summary>
        public FeedEvent? Checkpoint { get; init; }

        public Day With(FeedEvent happened) => happened.Kind == FeedKind.Checkpoint ? this with { Checkpoint = Checkpoint ?? happened }
            : Latest.Any(known => known.Id == happened.Id)
            ? this
            : new Day(Date, Count + 1, Campaigns.Add(happened.Campaign!.Value), [.. Latest.Prepend(happened).OrderByDescending(one => one.Id).Take(MostShown)]) { Checkpoint = Checkpoint };
    }

    /// <summary>Whether it is told in the message of the day, and in none of its own.</summary>
    public static bool Takes(FeedEvent happened) =>
        happened is { Campaign: not null, Severity: < Severity.High, Incident: null, Demo: false }
        && happened.Kind is not (FeedKind.Launch or FeedKind.Suggestion or FeedKind.Approval or FeedKind.Switch or FeedKind.Checkpoint);

    /// <summary>The day's message in a conversation with what just happened in it.</summary>
    public async Task<(string Subject, ActivityCard Card)> WithAsync(ConversationId place, FeedEvent happened, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(place.Value, cancellationToken);
        var date = await DateOfAsync(happened, cancellationToken);
        Day? known;
        lock (_days)
            known = _days.GetValueOrDefault((place, date));

        var day = (known ?? await KnownAsync(place, happened.Workspace, date, cancellationToken)).With(happened);
        lock (_days)
        {
            foreach (var past in _days.Keys.Where(key => key.Place == place && key.Date < date.Previous).ToList())
                _days.Remove(past);

            _days[(place, date)] = day;
        }

        return ($"digest/{date}", ActivityCard.Of(TitleOf(day), day.Checkpoint is { } checkpoint ? [.. day.Latest, checkpoint] : day.Latest, clock.GetUtcNow()));
    }

    private static string TitleOf(Day day) => day.Campaigns.Count == 0 ? "Today"
        : day.Campaigns.Count == 1
        ? $"Today in {day.Latest[0].CampaignName}"
        : $"Today in {day.Campaigns.Count} campaigns{(day.Count > day.Latest.Length ? $" (the last {day.Latest.Length} of {day.Count})" : "")}";

    /// <summary>Whether what concerns every account is told there.</summary>
    private async Task<bool> IsFeedAsync(ConversationId place, CancellationToken cancellationToken) => (await audience.OfNewsAsync(null, null, cancellationToken)).Contains(place);

    /// <summary>What concerns no account belongs to the day of all of them, or else of UTC.</summary>
    private async Task<AccountDay> DateOfAsync(FeedEvent happened, CancellationToken cancellationToken) =>
        AccountDay.At(happened.At, await accounts.ZoneAsync(happened.Account, cancellationToken));

    private async Task<Day> KnownAsync(ConversationId place, WorkspaceId workspace, AccountDay date, CancellationToken cancellationToken)
    {
        var day = new Day(date, 0, [], []);
        var (heard, zones) = (new Dictionary<CampaignId, bool>(), new Dictionary<string, TimeZoneInfo>());
        foreach (var happened in (await feed.LatestAsync(workspace, null, LookedBack, cancellationToken)).Where(one => Takes(one) || one.Kind == FeedKind.Checkpoint).OrderBy(one => one.Id))
        {
            var account = happened.Account?.Value ?? "";
            if (!zones.TryGetValue(account, out var zone))
                zones[account] = zone = await accounts.ZoneAsync(happened.Account, cancellationToken);

            if (AccountDay.At(happened.At, zone) != date)
                continue;

            if (happened.Kind == FeedKind.Checkpoint)
            {
                if (await IsFeedAsync(place, cancellationToken))
                    day = day.With(happened);

                continue;
            }

            var campaign = happened.Campaign!.Value;
            if (!heard.TryGetValue(campaign, out var isHeard))
                heard[campaign] = isHeard = (await audience.OfNewsAsync(campaign, happened.Account, cancellationToken)).Contains(place);

            if (isHeard)
                day = day.With(happened);
        }

        return day;
    }
}
