namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>What every table has: whose it is. A column that a table has no use for stays null.</summary>
internal abstract class Row
{
    public string Workspace { get; set; } = "";

    public string? AdAccount { get; set; }

    public string? Person { get; set; }
}

/// <summary>A record as JSON beside the columns that are asked for.</summary>
internal abstract class DocumentRow : Row
{
    public string Id { get; set; } = "";

    /// <summary>Raised with every save; a save that finds another one fails.</summary>
    public int Version { get; set; }

    /// <summary>What rows are ordered by.</summary>
    public DateTimeOffset At { get; set; }

    public string Body { get; set; } = "";
}

internal sealed class CampaignRow : DocumentRow
{
    public string Name { get; set; } = "";

    public string Handle { get; set; } = "";

    public string Status { get; set; } = "";
}

internal sealed class DraftRow : DocumentRow;

internal sealed class IncidentRow : DocumentRow
{
    public string Campaign { get; set; } = "";

    public string Cause { get; set; } = "";

    public bool IsOpen { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class ApprovalRow : DocumentRow
{
    public string State { get; set; } = "";

    public bool CarriedOut { get; set; }
}

internal sealed class IntentRow : DocumentRow
{
    public string Campaign { get; set; } = "";

    public string State { get; set; } = "";

    public DateTimeOffset? SettledAt { get; set; }
}

internal sealed class DecisionRow : DocumentRow
{
    public string Campaign { get; set; } = "";

    /// <summary>Nothing was to be done.</summary>
    public bool Quiet { get; set; }

    /// <summary>How many quiet turns of an hour it stands for.</summary>
    public int Turns { get; set; } = 1;
}

/// <summary>The last number that was given away for a short name such as <c>i3</c>.</summary>
internal sealed class GivenNumberRow : Row
{
    public string Kind { get; set; } = "";

    public long Last { get; set; }
}

/// <summary>One forecast of one campaign for one hour or day, and what came of it.</summary>
internal sealed class ForecastRow : Row
{
    public string Campaign { get; set; } = "";

    public string Span { get; set; } = "";

    /// <summary>When its hour or day begins.</summary>
    public DateTimeOffset At { get; set; }

    public string Body { get; set; } = "";
}

internal sealed class ReadingRow : Row
{
    public long Number { get; set; }

    public string Campaign { get; set; } = "";

    public DateTimeOffset ReadAt { get; set; }

    public string Body { get; set; } = "";
}

/// <summary>One account day of one campaign; figures that are summed have columns.</summary>
internal sealed class DayRow : Row
{
    public string Campaign { get; set; } = "";

    /// <summary>The account's own day.</summary>
    public DateOnly Day { get; set; }

    public string Currency { get; set; } = "";

    public decimal Spend { get; set; }

    public long? Impressions { get; set; }

    public long? Clicks { get; set; }

    public decimal? Conversions { get; set; }

    public decimal? Revenue { get; set; }
}

internal sealed class AuditRow : Row
{
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    public string? Campaign { get; set; }

    public string Body { get; set; } = "";

    public string PreviousHash { get; set; } = "";

    public string Hash { get; set; } = "";

    /// <summary>Who was taken out of it on request, as JSON; null when nobody was. <see cref="Hash"/> stays that of what was written.</summary>
    public string? Removed { get; set; }
}

internal sealed class FeedRow : Row
{
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    public string? Campaign { get; set; }

    public string Body { get; set; } = "";
}

internal sealed class SettingRow : Row
{
    public string Name { get; set; } = "";

    public string Body { get; set; } = "";
}

internal sealed class AlertRow : Row
{
    public string Key { get; set; } = "";

    public string Channel { get; set; } = "";

    public string? Incident { get; set; }

    public DateTimeOffset At { get; set; }

    public bool Accepted { get; set; }

    /// <summary>Accepted, or never tried since the channel was not set up: nothing more is done about it.</summary>
    public bool Settled { get; set; }

    public string Body { get; set; } = "";

    /// <summary>The last word of the channel, as JSON; null while nothing was tried.</summary>
    public string? Receipt { get; set; }
}

internal sealed class ConversationRow : Row
{
    public string Id { get; set; } = "";

    public string Body { get; set; } = "";
}

/// <summary>Which message shows a subject in a conversation.</summary>
internal sealed class PostRow : Row
{
    public string Subject { get; set; } = "";

    public string Conversation { get; set; } = "";

    public string Message { get; set; } = "";
}

/// <summary>A turn that arrived: handled once, kept for a week so that a late redelivery is known.</summary>
internal sealed class TurnRow : Row
{
    public long Number { get; set; }

    public string Id { get; set; } = "";

    public string Conversation { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public bool Claimed { get; set; }

    public bool Done { get; set; }

    public string Body { get; set; } = "";
}

/// <summary>One activity of a browser conversation, in the order in which it was said.</summary>
internal sealed class ActivityRow : Row
{
    public long Number { get; set; }

    public string Conversation { get; set; } = "";

    public string Id { get; set; } = "";

    /// <summary>The client's own id of what it posted, for telling a repetition.</summary>
    public string? ClientId { get; set; }

    public DateTimeOffset At { get; set; }

    public string Body { get; set; } = "";
}

/// <summary>A card as it was posted to a chat whose buttons name it alone.</summary>
internal sealed class ChatCardRow : Row
{
    public string Id { get; set; } = "";

    /// <summary>When it was posted last, in machine time.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The direct conversation in which alone it was posted; null once others were shown it too.</summary>
    public string? Conversation { get; set; }

    public string Body { get; set; } = "";
}

/// <summary>How something is said first in a conversation of Teams, or to a person there.</summary>
internal sealed class TeamsReferenceRow : Row
{
    public string Id { get; set; } = "";

    /// <summary>When it was heard of last, in machine time.</summary>
    public DateTimeOffset At { get; set; }

    public bool IsClosed { get; set; }

    public string Body { get; set; } = "";
}

/// <summary>A workspace of Slack that installed us.</summary>
internal sealed class SlackInstallationRow : Row
{
    public string Team { get; set; } = "";

    /// <summary>What is known of it, as JSON: no token.</summary>
    public string Body { get; set; } = "";

    /// <summary>Encrypted; null once it has ended.</summary>
    public string? Tokens { get; set; }

    /// <summary>Rises whenever the tokens change.</summary>
    public int Generation { get; set; }

    /// <summary>Until when somebody renews them, in machine time.</summary>
    public DateTimeOffset RenewingUntil { get; set; }
}

/// <summary>A key that secrets in other tables are encrypted with; encrypted itself, under a key that is in no table.</summary>
internal sealed class SecretKeyRow : Row
{
    public string Id { get; set; } = "";

    public string Body { get; set; } = "";
}

internal sealed class PreparedRow : Row
{
    public string Source { get; set; } = "";

    public string Slot { get; set; } = "";

    public string Body { get; set; } = "";
}
