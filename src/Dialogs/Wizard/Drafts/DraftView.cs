using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Files;

namespace ChatOpsCampaigns.Dialogs.Wizard.Drafts;

/// <summary>A draft with everything around it that fields and cards look at.</summary>
/// <param name="LastTime">What the account was launched with last.</param>
public sealed record DraftView(CampaignDraft Draft, NetworkProfile? Profile, AdAccount? Account, FieldContext Context, AccountDefaults LastTime);

/// <summary>Gathers what stands around a draft: its network, its account's currency, zone and time.</summary>
public sealed class DraftViews(IAdNetworkDirectory networks, IAdAccounts accounts, DraftChecks checks, AccountMemory memory, IEnumerable<IAlertChannel> alerts, CampaignClock clock)
{
    public async Task<DraftView> OfAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var profile = draft.Network is { } network ? networks.Profiles.FirstOrDefault(known => known.Name == network) : null;
        var account = await checks.FindAccountAsync(draft, cancellationToken);
        var all = (await accounts.AllAsync(cancellationToken)).Where(known => draft.Sees(known.Id)).ToList();
        var any = account ?? (all is [var first, ..] ? first : null);
        var context = new FieldContext(
            draft, networks.Profiles, profile, any?.Currency ?? Currency.Usd, any?.Zone() ?? TimeZoneInfo.Utc, clock.GetUtcNow())
        {
            Accounts = all,
            SetUp = SetUp(),
        };
        var lastTime = account is null ? new AccountDefaults() : await memory.OfAsync(account, cancellationToken);
        return new DraftView(draft, profile, account, context, lastTime);
    }

    /// <summary>Campaigns that the draft would be a second one of.</summary>
    public Task<IReadOnlyList<string>> AlikeAsync(CampaignDraft draft, CancellationToken cancellationToken) => checks.AlikeAsync(draft, cancellationToken);

    /// <summary>What was said and cannot be so: told at once and not only at the launch.</summary>
    public async Task<IReadOnlyList<DraftProblem>> ClashesAsync(DraftView view, CancellationToken cancellationToken) =>
        [.. (await checks.AllAsync(view.Draft, cancellationToken))
            .Where(problem => problem.Kind == ProblemKind.Blocks && FieldCatalogue.Find(problem.Field) is { } field && field.Show(view.Draft, view.Context) is not null)];

    private AlertChannels SetUp() => alerts
        .Where(channel => !channel.IsSetUp)
        .Aggregate(AlertChannels.Email | AlertChannels.Chat | AlertChannels.Sms | AlertChannels.Push, (all, silent) => Enum.TryParse<AlertChannels>(silent.Name, ignoreCase: true, out var one) ? all & ~one : all);

    /// <summary>The draft with what follows from what was said, under a name that no campaign has.</summary>
    public async Task<CampaignDraft> SettledAsync(CampaignDraft draft, CancellationToken cancellationToken) => SettledDraft.Of(
        await OfAsync(draft, cancellationToken), await checks.NamesAsync(draft, cancellationToken));

    /// <summary>The lines of the summary, in the order in which people read them.</summary>
    public static ImmutableArray<(string Label, string Value)> Summary(DraftView view)
    {
        var lines = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var field in FieldCatalogue.InShownOrder)
        {
            if (AsLastTime.Shown(view, field) is { } value)
                lines.Add((field.Label, value));

            if (field == AccountFields.Account && !view.Draft.Creatives.IsEmpty)
            {
                lines.Add(("Creatives", $"{Creatives(view.Draft.Creatives, view.Profile)}{Shapes(view.Draft.Creatives)}"));
                lines.AddRange(CreativeCopy.Summary(view.Draft));
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>"3 (2 images, 1 video)"; of those that a chosen network cannot use only how many they are.</summary>
    public static string Creatives(ImmutableArray<SourceCreative> creatives, NetworkProfile? profile)
    {
        var usable = creatives.Where(creative => CreativeJudge.IsUsable(creative, profile)).ToList();
        var left = (creatives.Length - usable.Count) switch
        {
            0 => "",
            1 => "; 1 cannot be used as it is, see its card",
            var several => $"; {several} cannot be used as they are, see their cards",
        };
        var kinds = usable.GroupBy(creative => creative.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key, group.Count())}");
        return usable.Count == 0 ? $"none{left}" : $"{usable.Count} ({string.Join(", ", kinds)}){left}";
    }

    /// <summary>Only what a person chose: "; crop 2, pad 3".</summary>
    private static string Shapes(ImmutableArray<SourceCreative> creatives)
    {
        var chosen = creatives.Select((creative, index) => creative.Fit is { } fit ? $"{UploadCards.Word(fit)} {index + 1}" : null).OfType<string>().ToList();
        return chosen.Count == 0 ? "" : $"; {string.Join(", ", chosen)}";
    }

    private static string Word(CreativeKind kind, int count) => (kind, count) switch
    {
        (CreativeKind.Image, 1) => "image",
        (CreativeKind.Image, _) => "images",
        (CreativeKind.Video, 1) => "video",
        (CreativeKind.Video, _) => "videos",
        (CreativeKind.Carousel, 1) => "carousel",
        (CreativeKind.Carousel, _) => "carousels",
        (_, 1) => "playable",
        _ => "playables",
    };
}
