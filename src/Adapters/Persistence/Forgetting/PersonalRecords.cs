using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Forgetting;

/// <summary>
/// Deletes what is a person's alone, and writes a pseudonym in their place wherever else they stand: in every table of the model, so that
/// one that is added later is not left out. What is not at its end is never touched.
/// </summary>
internal sealed class PersonalRecords(Database database, AuditChain audit, AuditKey key, IStopJournal stops, ForgettingEnd end) : IPersonalRecords
{
    private const string Body = "Body";

    /// <summary>Figures that networks and the program itself make; they are many, and name nobody and no file.</summary>
    public static readonly Type[] OfNobody = [typeof(ReadingRow), typeof(DayRow), typeof(ForecastRow), typeof(PreparedRow), typeof(GivenNumberRow)];

    public async Task<PersonalTraces> LookAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return (await ChangeAsync(db, person, Pseudonyms.New(), cancellationToken)).Traces;
    }

    public async Task<PersonalTraces> ForgetAsync(PersonId person, PersonId by, CancellationToken cancellationToken)
    {
        var pseudonym = Pseudonyms.New();
        var traces = await audit.SaveAsync<PersonalTraces>(
            async db =>
            {
                var changed = await ChangeAsync(db, person, pseudonym, cancellationToken);
                if (changed.Traces.Open is [var open, ..])
                    throw new InvalidOperationException($"{open} is not at its end and names them; nothing was changed.");

                await ForgettingEnd.NoteAsync(db, changed.Files, cancellationToken);
                return new(changed.Traces, changed.Traces.IsNothing ? [] : [Entry(changed, by)]);
            },
            cancellationToken);
        await end.DoAsync(cancellationToken);
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
        places.AddRange(await OnTeamsAsync(db, person, cancellationToken));
        HashSet<string> own = [.. places.Append(person.Value.Replace(":", "/", StringComparison.Ordinal)).Append(SlackPlace.With(SlackPeople.Of(person)).Conversation.Value).Where(Redaction.IsPrivate).SelectMany(place => new[] { place, Redaction.Whole(place) })];
        var redaction = new Redaction(person, pseudonym, own, await TypedTexts.OfAsync(db, person, cancellationToken));
        var changed = new Changed { Open = await AreStopsNotedAsync(cancellationToken) ? ["a stop that is noted beside the database (start the bot once, so that it is written into it)"] : [] };

        foreach (var table in db.Model.GetEntityTypes().Select(type => type.ClrType).Except(OfNobody))
        {
            var rows = (IAsyncEnumerable<Row>)typeof(PersonalRecords).GetMethod(nameof(RowsOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(table).Invoke(null, [db])!;
            await foreach (var row in rows.WithCancellation(cancellationToken))
                Change(db, row, person, own, redaction, changed);
        }

        changed.Files = await end.FilesAsync(changed.Named, cancellationToken);
        changed.Traces = new PersonalTraces(pseudonym, changed.Entries.Count, changed.Records, changed.Deleted, changed.Files.Count, changed.Open) { ShortName = redaction.ShortName };
        return changed;
    }

    /// <summary>What stands for them on Teams, and the conversation that they have with the bot there, which may hold nothing yet.</summary>
    private static async Task<IReadOnlyList<string>> OnTeamsAsync(CampaignsDb db, PersonId person, CancellationToken cancellationToken)
    {
        var place = TeamsPlace.With(person.Key).Conversation.Value;
        var known = await db.Set<TeamsReferenceRow>().Where(row => row.Id == place).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return known is not null && Database.Read<TeamsReference>(known).Direct is { } direct ? [place, direct.Value] : [place];
    }

    private void Change(CampaignsDb db, Row row, PersonId person, HashSet<string> own, Redaction redaction, Changed changed)
    {
        if (IsOwn(row, person, own))
        {
            db.Remove(row);
            changed.Deleted++;
            return;
        }

        var texts = db.Model.FindEntityType(row.GetType())!.GetProperties().Where(property => property.ClrType == typeof(string)).ToList();
        if (!texts.Exists(property => property.GetGetter().GetClrValue(row) is string text && redaction.IsAbout(text)))
        {
            changed.Name(row, texts.Find(property => property.Name == Body)?.GetGetter().GetClrValue(row));
            return;
        }

        var after = db.Entry(row).CurrentValues.Clone();
        foreach (var property in texts)
        {
            if (after[property] is string text)
                after[property] = property.Name is Body or "Receipt" ? Redacted(row, text, person, own, redaction) : redaction.Id(text);
        }

        changed.Name(row, texts.Exists(property => property.Name == Body) ? after[Body] : null);
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

    private async Task<bool> AreStopsNotedAsync(CancellationToken cancellationToken) =>
        !(await stops.PendingAsync(cancellationToken)).IsEmpty || await stops.FindFreezeAsync(cancellationToken) is not null;

    /// <summary>What they said in private, and drafts that were not launched.</summary>
    private static bool IsOwn(Row row, PersonId person, HashSet<string> own) => row switch
    {
        DraftRow => row.Person == person.Value,
        ConversationRow conversation => own.Contains(conversation.Id),
        ActivityRow activity => own.Contains(activity.Conversation),
        PostRow post => own.Contains(post.Conversation),
        TeamsReferenceRow reference => own.Contains(reference.Id),
        ChatCardRow { Conversation: { } alone } => own.Contains(alone),
        _ => false,
    };

    /// <summary>A turn is kept without its words, so that it is known when it is delivered again; as is where they took part beside others.</summary>
    private static string Redacted(Row row, string body, PersonId person, HashSet<string> own, Redaction redaction) => row switch
    {
        TurnRow { Done: true } turn when turn.Person == person.Value || own.Contains(turn.Conversation) => "",
        ConversationRow => redaction.Record(body, state => EndWaiting(state, row.Person == person.Value, redaction)),
        AuditRow when row.Person == person.Value => redaction.Record(body, entry =>
        {
            if ((string?)entry["Kind"] == "said")
                entry["Says"] = Redaction.Gone;
        }),
        _ => redaction.Record(body),
    };

    /// <summary>A question of somebody else that speaks of them would ask, after the names are changed, something that was never shown.</summary>
    private static void EndWaiting(JsonObject state, bool isTheirs, Redaction redaction)
    {
        foreach (var waits in new[] { "Question", "Offered", "Amounts", "OpenDraft", "Reviewed" })
        {
            if (isTheirs || (waits is "Question" or "Offered" && state[waits] is { } asked && redaction.IsAbout(asked.ToJsonString())))
                state.Remove(waits);
        }
    }

    /// <summary>What is not at its end, as people call it; null for what is.</summary>
    private static string? OpenWordsOf(Row row) => row switch
    {
        ApprovalRow { CarriedOut: false, State: not "Rejected" and not "Void" } request => $"request {Word(request, "Handle")}",
        IncidentRow { IsOpen: true } incident => $"incident {Word(incident, "Handle")}",
        CampaignRow { Status: "Launching" } campaign => $"the launch of {campaign.Name} ({campaign.Handle})",
        IntentRow { State: "Planned" or "Sent" or "Unknown" } intent => $"a command whose answer is not known ({intent.Id})",
        TurnRow { Done: false } => "a message that is not answered",
        _ => null,
    };

    private static string Word(DocumentRow row, string property) => (string?)JsonNode.Parse(row.Body)?[property] ?? "";

    private static IAsyncEnumerable<Row> RowsOf<TRow>(CampaignsDb db) where TRow : Row =>
        (typeof(TRow) == typeof(AuditRow) ? (IQueryable<TRow>)db.Set<AuditRow>().OrderBy(row => row.Number) : db.Set<TRow>()).AsNoTracking().AsAsyncEnumerable();

    /// <summary>What was found so far.</summary>
    private sealed class Changed
    {
        public required List<string> Open { get; init; }

        public List<AuditRow> Entries { get; } = [];

        /// <summary>Files, and whatever else looks like one, that what is kept names.</summary>
        public HashSet<string> Named { get; } = [];

        public int Records { get; set; }

        public int Deleted { get; set; }

        public IReadOnlyList<string> Files { get; set; } = [];

        public PersonalTraces Traces { get; set; } = null!;

        /// <summary>The audit trail says what happened to a file, and needs none; nor does the list of those that are to go.</summary>
        public void Name(Row row, object? body)
        {
            if (row is AuditRow or SettingRow { Name: ForgettingEnd.Name } || body is not string text)
                return;

            NamedFiles.Add(Named, text);
        }
    }
}
