using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Forgetting;

/// <summary>
/// Deletes what is a person's alone, and writes a pseudonym in their place wherever else they stand: in every table of the model, so that
/// one that is added later is not left out. What is not at its end is never touched.
/// </summary>
internal sealed partial class PersonalRecords(Database database, AuditChain audit, AuditKey key, DataFolder folder, IMediaStore media) : IPersonalRecords
{
    /// <summary>Figures that networks and the program itself make; they are many, and name nobody.</summary>
    private static readonly Type[] OfNobody = [typeof(ReadingRow), typeof(DayRow), typeof(ForecastRow), typeof(PreparedRow), typeof(GivenNumberRow)];

    public async Task<PersonalTraces> LookAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return (await ChangeAsync(db, person, Pseudonyms.New(), cancellationToken)).Traces;
    }

    public async Task<PersonalTraces> ForgetAsync(PersonId person, PersonId by, CancellationToken cancellationToken)
    {
        var pseudonym = Pseudonyms.New();
        var (traces, files) = await audit.SaveAsync<(PersonalTraces, IReadOnlyList<Digest>)>(
            async db =>
            {
                var changed = await ChangeAsync(db, person, pseudonym, cancellationToken);
                if (changed.Traces.Open is [var open, ..])
                    throw new InvalidOperationException($"{open} is not at its end and names them; nothing was changed.");

                return new((changed.Traces, changed.Files), changed.Traces.IsNothing ? [] : [Entry(changed, by)]);
            },
            cancellationToken);
        foreach (var file in files)
            File.Delete(media.PathOf(file));

        await using var left = database.Open();
        await left.LeaveNothingAsync(cancellationToken);
        return traces;
    }

    private static AuditEntry Entry(Changed changed, PersonId by) => new(
        WorkspaceId.Local, null, null, by, Removals.Kind, $"a person was forgotten on request: {changed.Traces.Words}",
        Removals.Facts(changed.Traces.Pseudonym.Value, changed.Entries));

    /// <summary>Nothing of it stands before the unit of work is saved.</summary>
    private async Task<Changed> ChangeAsync(CampaignsDb db, PersonId person, PersonId pseudonym, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var places = await db.Set<ConversationRow>().Where(row => row.Person == person.Value).Select(row => row.Id).ToListAsync(cancellationToken);
        HashSet<string> own = [.. places.Where(Redaction.IsPrivate), .. Redaction.IsPrivate(person.Value.Replace(':', '/')) ? [person.Value.Replace(':', '/')] : Array.Empty<string>()];
        var redaction = new Redaction(person, pseudonym, own, await TypedTexts.OfAsync(db, person, cancellationToken));
        var changed = new Changed { Open = File.Exists(folder.Stops) ? [$"{Path.GetFileName(folder.Stops)} (start the bot once, so that it is written into the database)"] : [] };

        foreach (var table in db.Model.GetEntityTypes().Select(type => type.ClrType).Except(OfNobody))
        {
            var rows = (IAsyncEnumerable<Row>)typeof(PersonalRecords).GetMethod(nameof(RowsOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(table).Invoke(null, [db])!;
            await foreach (var row in rows.WithCancellation(cancellationToken))
                Change(db, row, person, own, redaction, changed);
        }

        changed.Files = await UnusedFilesAsync(db, changed, cancellationToken);
        changed.Traces = new PersonalTraces(pseudonym, changed.Entries.Count, changed.Records, changed.Deleted, changed.Files.Count, changed.Open);
        return changed;
    }

    private void Change(CampaignsDb db, Row row, PersonId person, HashSet<string> own, Redaction redaction, Changed changed)
    {
        if (IsOwn(row, person, own))
        {
            db.Remove(row);
            changed.Deleted++;
            changed.Lost.UnionWith(DigestsIn(BodyOf(row)));
            return;
        }

        changed.Kept.UnionWith(row is CampaignRow or DraftRow or ActivityRow ? DigestsIn(BodyOf(row)) : []);
        var texts = db.Model.FindEntityType(row.GetType())!.GetProperties().Where(property => property.ClrType == typeof(string)).ToList();
        if (!texts.Exists(property => property.GetGetter().GetClrValue(row) is string text && redaction.IsAbout(text)))
            return;

        var after = db.Entry(row).CurrentValues.Clone();
        foreach (var property in texts)
        {
            if (after[property] is string text)
                after[property] = property.Name is "Body" or "Receipt" ? Redacted(row, text, person, own, redaction) : redaction.Id(text);
        }

        if (texts.TrueForAll(property => Equals(property.GetGetter().GetClrValue(row), after[property])))
            return;

        if (OpenWordsOf(row) is { } open)
            changed.Open.Add(open);
        else
            Write(db, row, after, redaction, changed);
    }

    private void Write(CampaignsDb db, Row row, Microsoft.EntityFrameworkCore.ChangeTracking.PropertyValues after, Redaction redaction, Changed changed)
    {
        var isKept = db.Model.FindEntityType(row.GetType())!.FindPrimaryKey()!.Properties.All(property => Equals(db.Entry(row).CurrentValues[property], after[property]));
        if (!isKept)
        {
            db.Remove(row);
            db.Add(after.ToObject());
        }
        else
        {
            db.Attach(row);
            db.Entry(row).CurrentValues.SetValues(after);
        }

        if (row is not AuditRow entry)
        {
            changed.Records++;
            return;
        }

        entry.Body = AuditHash.Salted(entry.Body);
        entry.Removed = Database.Write<IReadOnlyList<Removal>>([.. Removal.Of(entry), new Removal(redaction.Pseudonym.Value, AuditHash.Of(entry, key))]);
        changed.Entries.Add(entry);
    }

    /// <summary>What they said in private, and drafts that were not launched.</summary>
    private static bool IsOwn(Row row, PersonId person, HashSet<string> own) => row switch
    {
        DraftRow => row.Person == person.Value,
        ConversationRow conversation => own.Contains(conversation.Id),
        ActivityRow activity => own.Contains(activity.Conversation),
        PostRow post => own.Contains(post.Conversation),
        _ => false,
    };

    /// <summary>A turn is kept without its words, so that it is known when it is delivered again; as is where they took part beside others.</summary>
    private static string Redacted(Row row, string body, PersonId person, HashSet<string> own, Redaction redaction) => row switch
    {
        TurnRow { Done: true } turn when turn.Person == person.Value || own.Contains(turn.Conversation) => "",
        ConversationRow when row.Person == person.Value => redaction.Record(body, state =>
        {
            foreach (var waits in new[] { "Question", "Offered", "Amounts", "OpenDraft", "Reviewed" })
                state.Remove(waits);
        }),
        AuditRow when row.Person == person.Value => redaction.Record(body, entry =>
        {
            if ((string?)entry["Kind"] == "said")
                entry["Says"] = Redaction.Gone;
        }),
        _ => redaction.Record(body),
    };

    /// <summary>What is not at its end, as people call it; null for what is.</summary>
    private static string? OpenWordsOf(Row row) => row switch
    {
        ApprovalRow { CarriedOut: false, State: not "Rejected" and not "Void" } => $"request {Word(row, "Handle")}",
        IncidentRow { IsOpen: true } => $"incident {Word(row, "Handle")}",
        CampaignRow { Status: "Launching" } campaign => $"the launch of {campaign.Name} ({campaign.Handle})",
        IntentRow { State: "Planned" or "Sent" or "Unknown" } intent => $"a command whose answer is not known ({intent.Id})",
        TurnRow { Done: false } => "a message that is not answered",
        _ => null,
    };

    private static string Word(Row row, string property) => (string?)JsonNode.Parse(BodyOf(row))?[property] ?? "";

    private static string BodyOf(Row row) => row switch
    {
        DocumentRow document => document.Body,
        ActivityRow activity => activity.Body,
        _ => "",
    };

    /// <summary>Files of what is deleted that no campaign, draft or message of somebody else uses, with what was made of them.</summary>
    private async Task<IReadOnlyList<Digest>> UnusedFilesAsync(CampaignsDb db, Changed changed, CancellationToken cancellationToken)
    {
        changed.Lost.ExceptWith(changed.Kept);
        var made = changed.Lost.Count == 0 ? [] : await db.Set<PreparedRow>().ToListAsync(cancellationToken);
        var ofOthers = made.Where(one => !changed.Lost.Contains(one.Source)).SelectMany(one => DigestsIn(one.Body)).ToHashSet();
        foreach (var gone in made.Where(one => changed.Lost.Contains(one.Source)).ToList())
        {
            db.Remove(gone);
            changed.Lost.UnionWith(DigestsIn(gone.Body));
        }

        changed.Lost.ExceptWith(changed.Kept.Concat(ofOthers));
        return [.. changed.Lost.Select(file => new Digest(file)).Where(file => File.Exists(media.PathOf(file)))];
    }

    private static IEnumerable<string> DigestsIn(string body) => FileDigest().Matches(body).Select(match => match.Value);

    private static IAsyncEnumerable<Row> RowsOf<TRow>(CampaignsDb db) where TRow : Row =>
        (typeof(TRow) == typeof(AuditRow) ? (IQueryable<TRow>)db.Set<AuditRow>().OrderBy(row => row.Number) : db.Set<TRow>()).AsNoTracking().AsAsyncEnumerable();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")]
    private static partial Regex FileDigest();

    /// <summary>What was found so far.</summary>
    private sealed class Changed
    {
        public required List<string> Open { get; init; }

        public List<AuditRow> Entries { get; } = [];

        public HashSet<string> Lost { get; } = [];

        public HashSet<string> Kept { get; } = [];

        public int Records { get; set; }

        public int Deleted { get; set; }

        public IReadOnlyList<Digest> Files { get; set; } = [];

        public PersonalTraces Traces { get; set; } = null!;
    }
}
