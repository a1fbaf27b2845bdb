using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public sealed class StopJournalTests : IDisposable
{
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("stops-").FullName);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_noted_after_a_torn_line_survives_the_next_restart()
    {
        await NoteAsync("first");
        Tear();
        await NoteAsync("second");

        (await KeysAsync()).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_torn_line_in_the_middle_hides_nothing_that_follows()
    {
        await NoteAsync("first");
        await File.AppendAllTextAsync(_folder.Stops, "{\"Intent\":{\"Key\"\n", Cancel);
        await NoteAsync("second");

        (await KeysAsync()).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_freeze_is_still_noted_after_a_restart_until_it_stands_in_the_database()
    {
        var freeze = new SwitchState(true, PersonId.Monitor, A.Noon, "stop everything", Stops: true);
        await NoteAsync("first");
        await Again().NoteAsync(freeze, Cancel);

        (await Again().FindFreezeAsync(Cancel)).ShouldBe(freeze);
        await Again().ClearAsync(freeze, Cancel);

        (await Again().FindFreezeAsync(Cancel)).ShouldBeNull();
        (await KeysAsync()).ShouldBe(["first"]);
    }

    [Fact]
    public async Task What_finds_no_room_in_its_file_is_noted_in_the_room_that_is_held_for_it_and_survives_a_restart()
    {
        (await KeysAsync()).ShouldBeEmpty();
        Directory.CreateDirectory(_folder.Stops);

        await NoteAsync("first");
        await NoteAsync("second");

        (await KeysAsync()).ShouldBe(["first", "second"]);
        Directory.Delete(_folder.Stops);
        var journal = Again();
        await journal.ClearAsync(await journal.PendingAsync(Cancel), Cancel);
        (await KeysAsync()).ShouldBeEmpty();
        new FileInfo(_folder.StopsRoom).Length.ShouldBe(1024 * 1024);
    }

    [Fact]
    public async Task What_a_crash_tore_in_the_held_room_hides_nothing_that_is_noted_after_it()
    {
        (await KeysAsync()).ShouldBeEmpty();
        Directory.CreateDirectory(_folder.Stops);
        await using (var room = new FileStream(_folder.StopsRoom, FileMode.Open))
            await room.WriteAsync("{\"Intent\":{\"Key\""u8.ToArray(), Cancel);

        await NoteAsync("second");

        (await KeysAsync()).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Held_room_that_a_full_disk_cut_short_is_made_whole_at_the_next_start()
    {
        await File.WriteAllTextAsync(_folder.StopsRoom, new string('\n', 4096), Cancel);

        (await KeysAsync()).ShouldBeEmpty();

        new FileInfo(_folder.StopsRoom).Length.ShouldBe(1024 * 1024);
    }

    [Fact]
    public async Task Two_rounds_that_wrote_the_same_notes_clear_nothing_that_was_noted_since()
    {
        var journal = Again();
        await journal.NoteAsync(Intent("first"), "stopped", Cancel);
        var (one, other) = (await journal.PendingAsync(Cancel), await journal.PendingAsync(Cancel));
        await journal.ClearAsync(one, Cancel);
        await journal.NoteAsync(Intent("second"), "stopped", Cancel);

        await journal.ClearAsync(other, Cancel);

        (await journal.PendingAsync(Cancel)).Intents.Select(intent => intent.Key.Value).ShouldBe(["second"]);
        (await KeysAsync()).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Of_what_is_in_both_files_the_later_counts()
    {
        var incident = An(IncidentState.Acting);
        (await KeysAsync()).ShouldBeEmpty();
        Directory.CreateDirectory(_folder.Stops);
        await Again().NoteAsync(incident, Cancel);
        Directory.Delete(_folder.Stops);
        await Again().NoteAsync(incident with { State = IncidentState.Closed }, Cancel);

        (await Again().PendingAsync(Cancel)).Incidents.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    /// <summary>As a process that dies in the middle of a write leaves it.</summary>
    private void Tear() => File.AppendAllText(_folder.Stops, "{\"Intent\":{\"Key\"");

    private Task NoteAsync(string key) => Again().NoteAsync(Intent(key), "stopped", Cancel);

    private async Task<IEnumerable<string>> KeysAsync() => (await Again().PendingAsync(Cancel)).Intents.Select(intent => intent.Key.Value);

    private static Incident An(IncidentState state) => new(
        new IncidentId("i-1"), WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Meta installs", new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
        new Evidence("spend today", "$800", "$750"), A.Noon, state);

    private static CommandIntent Intent(string key) => new(
        new CommandKey(key), WorkspaceId.Local, NetworkMode.Simulated, new NetworkCommand.Pause(A.Account().Id, new CampaignId("c-1"), new ExternalId("n1")),
        PersonId.Monitor, "a test", A.Noon, IntentState.Unknown);

    private FileStopJournal Again() => new(_folder, NullLogger<FileStopJournal>.Instance);
}
