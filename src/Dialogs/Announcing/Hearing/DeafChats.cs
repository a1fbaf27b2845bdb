using System.Globalization;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing.Hearing;

/// <summary>
/// Tells every Admin, each once, that nothing is heard from a chat any more, in whatever chat they can be told, that one too: a stop that is pressed there goes
/// nowhere. And once that it is over, whoever was told.
/// </summary>
public sealed partial class DeafChats(ChatDesk chat, Audience audience, IEnumerable<IEar> ears, TimeProvider machine, ILogger<DeafChats> log)
{
    /// <summary>Two minutes of machine time: what is shorter comes again by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, Outage> _outages = [];

    /// <summary>What is so now, a line for each chat; empty when all are heard.</summary>
    public IReadOnlyList<string> Now => [.. ears.Where(IsDeaf).Select(ear => $"nothing is heard from {ear.Chat} for {Minutes(ear)} min: {ear.Why}")];

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var ear in ears)
        {
            if (IsDeaf(ear))
                await BeganAsync(ear, cancellationToken);
            else if (ear.DeafFor is null && _outages.TryGetValue(ear.Chat, out var outage))
                await OverAsync(ear, outage, cancellationToken);
        }
    }

    private async Task BeganAsync(IEar ear, CancellationToken cancellationToken)
    {
        if (!_outages.TryGetValue(ear.Chat, out var outage))
        {
            var since = machine.GetUtcNow() - ear.DeafFor.GetValueOrDefault();
            _outages[ear.Chat] = outage = new Outage(string.Create(CultureInfo.InvariantCulture, $"deaf/{ear.Chat}/{since.ToUnixTimeSeconds()}"), []);
        }

        var says = $"I hear nothing from {ear.Chat} any more, for {Minutes(ear)} minutes now: {ear.Why}. What is written or pressed there does not reach me, a stop neither; what I post still comes. "
            + $"Until I say here that I hear {ear.Chat} again, say it in the browser chat or wherever else you reach me.";
        foreach (var place in (await audience.OfAdminsAsync(WorkspaceId.Local, cancellationToken)).Except(outage.Told).ToList())
        {
            if (await TryTellAsync(ear, place, outage.Subject, says, cancellationToken))
                outage.Told.Add(place);
        }
    }

    private async Task OverAsync(IEar ear, Outage outage, CancellationToken cancellationToken)
    {
        var says = $"I hear {ear.Chat} again. Buttons that were pressed there meanwhile did nothing; whatever is still wanted has to be said or pressed once more.";
        foreach (var place in outage.Told.ToList())
        {
            if (await TryTellAsync(ear, place, $"{outage.Subject}/over", says, cancellationToken))
                outage.Told.Remove(place);
        }

        if (outage.Told.Count == 0)
            _outages.Remove(ear.Chat);
    }

    /// <summary>Whoever cannot be told is told later, and keeps nobody else from it.</summary>
    private async Task<bool> TryTellAsync(IEar ear, ConversationId place, string subject, string says, CancellationToken cancellationToken)
    {
        try
        {
            await chat.AnnounceAsync(place, subject, new ChatMessage(says) { Urgent = true }, cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotTold(place, ear.Chat, fault.Message);
            return false;
        }
    }

    private static bool IsDeaf(IEar ear) => ear.DeafFor >= Patience;

    private static string Minutes(IEar ear) => ear.DeafFor.GetValueOrDefault().TotalMinutes.ToString("0", CultureInfo.InvariantCulture);

    /// <param name="Told">Where it was told, and is not over yet.</param>
    private sealed record Outage(string Subject, HashSet<ConversationId> Told);

    [LoggerMessage(EventId = 695, Level = LogLevel.Warning, Message = "In {Place} it was not told yet how {Chat} is heard; it is tried again: {Why}")]
    private partial void NotTold(ConversationId place, string chat, string why);
}
