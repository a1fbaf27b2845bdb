using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>For whom and where a card is drawn.</summary>
/// <param name="BotName">What people call us there.</param>
internal sealed record CardLook(string BotName)
{
    /// <summary>Several people read it: what does not name us is not heard there.</summary>
    public bool IsShared { get; init; }

    /// <summary>What does not name us is heard there all the same: the team consented to it.</summary>
    public bool IsHeard { get; init; }

    /// <summary>Whoever reads it may decide on requests.</summary>
    public bool MayDecide { get; init; } = true;

    /// <summary>The people, by their ids of Teams, whose clients ask what the card looks like for them; empty: everybody sees the same.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>It was pressed, and what comes of it is on its way.</summary>
    public bool IsWorking { get; init; }

    /// <summary>Where Teams fetches a picture, by its address in the card. One that is not here is told in its words.</summary>
    public IReadOnlyDictionary<string, string> Pictures { get; init; } = new Dictionary<string, string>();

    /// <summary>What Teams draws itself in the place of a picture, by the picture's address in the card.</summary>
    public IReadOnlyDictionary<string, ChartNumbers> Charts { get; init; } = new Dictionary<string, ChartNumbers>();

    /// <summary>Who is woken by it: their ids of Teams and their names.</summary>
    public IReadOnlyList<(string User, string Name)> Calls { get; init; } = [];
}
