namespace ChatOpsCampaigns.Bot.Checkup;

public enum Standing
{
    Ok,

    /// <summary>The bot runs; something that people may count on does not.</summary>
    Warn,

    /// <summary>The bot does not start, or cannot be trusted with money.</summary>
    Fail,
}

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Repair">The command or setting that puts it right; null where nothing has to be.</param>
internal sealed record Finding(string Check, Standing Standing, string Says, string? Repair = null)
{
    public static Finding Ok(string check, string says) => new(check, Standing.Ok, says);

    public static Finding Warn(string check, string says, string repair) => new(check, Standing.Warn, says, repair);

    public static Finding Fail(string check, string says, string repair) => new(check, Standing.Fail, says, repair);
}
