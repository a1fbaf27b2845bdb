using System.Collections.Immutable;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>Finished drafts as the wizard leaves them at the review, each with three pictures that were prepared meanwhile.</summary>
internal static class LaunchDrafts
{
    private const int Pictures = 3;
    private const uint Side = 1200;

    /// <summary>Networks that run app campaigns with a cost cap.</summary>
    private static readonly string[] Networks = ["Meta", "Google", "TikTok", "Snapchat", "Unity", "AppLovin"];

    public static async Task<IReadOnlyList<CampaignDraft>> AddAsync(BenchHost host, int count, CancellationToken cancellationToken)
    {
        var pictures = await PicturesAsync(host, cancellationToken);
        var accounts = (await host.Get<IAdAccounts>().AllAsync(cancellationToken)).GroupBy(account => account.Network.Value).ToDictionary(network => network.Key, network => network.ToList());
        var drafts = new List<CampaignDraft>();
        for (var number = 0; number < count; number++)
        {
            var network = accounts[Networks[number % Networks.Length]];
            var account = network[number / Networks.Length % network.Count];
            var profile = host.Get<IAdNetworkDirectory>().Profile(account.Network);
            foreach (var picture in pictures)
                await host.Get<ICreativePreparation>().PrepareAsync(picture, profile, cancellationToken);

            drafts.Add(await host.Get<IDraftStore>().SaveAsync(Draft(account, number + 1, pictures), cancellationToken));
        }

        return drafts;
    }

    private static CampaignDraft Draft(AdAccount account, int number, ImmutableArray<SourceCreative> pictures) =>
        new(new DraftId($"bench-{number}"), WorkspaceId.Local, new PersonId("local:you"), "local/you", "review")
        {
            Name = $"{account.Network} installs {number}",
            NameSaid = true,
            Network = account.Network,
            Account = account.Id,
            Creatives = pictures,
            CreativesDone = true,
            Type = CampaignType.AppInstall,
            Objective = Objective.Installs,
            Destination = new Destination { StoreUrl = "https://apps.apple.com/app/id1234567890", Os = DeviceOs.Ios },
            Countries = ["US", "CA"],
            AgeMin = 18,
            AgeMax = 44,
            Gender = Gender.All,
            BudgetType = BudgetType.Daily,
            BudgetAmount = account.Currency.Of(500),
            MaxDailySpend = account.Currency.Of(1000),
            Strategy = BidStrategy.CostCap,
            TargetCpa = account.Currency.Of(12),
            MaxBid = account.Currency.Of(15),
            Automation = new AutomationSettings { MinRoas = 2m, MaxCpa = account.Currency.Of(18) },
            ModeSaid = true,
            Schedule = Schedule.Now,
        };

    private static async Task<ImmutableArray<SourceCreative>> PicturesAsync(BenchHost host, CancellationToken cancellationToken)
    {
        MagickGuard.Arm();
        var pictures = ImmutableArray.CreateBuilder<SourceCreative>();
        foreach (var color in new[] { MagickColors.SteelBlue, MagickColors.DarkOrange, MagickColors.SeaGreen }.Take(Pictures))
        {
            using var picture = new MagickImage(color, Side, Side);
            picture.AddNoise(NoiseType.Gaussian);
            var file = await host.Get<IMediaStore>().KeepAsync(new MemoryStream(picture.ToByteArray(MagickFormat.Jpeg)), cancellationToken);
            var seen = await host.Get<ICreativeEditor>().InspectAsync(file, $"picture {pictures.Count + 1}.jpg", cancellationToken);
            pictures.Add(seen is Inspection.Usable { Creative: var creative } ? creative : throw new InvalidOperationException(((Inspection.Refused)seen).Says));
        }

        return pictures.ToImmutable();
    }
}
