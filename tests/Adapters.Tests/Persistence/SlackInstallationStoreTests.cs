using System.Text;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Secrets;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>Tokens are kept over restarts, open to nobody who has the tables alone, and change only from what was read.</summary>
public abstract class SlackInstallationStoreTests(Engine engine) : StoreSuite(engine)
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly SlackInstallation Acme = new("T2", "Acme", "A0CAMP", "U0BOT", "B0BOT", new PersonId("slack:T2:U0EVA"), A.Noon) { Scopes = ["chat:write"] };
    private static readonly SlackTokens Tokens = new("xoxe.xoxb-canary", "xoxe-1-canary", A.Noon.AddHours(12));

    [Fact]
    public async Task What_was_installed_is_known_after_a_restart()
    {
        await Installations(Store.Database).KeepAsync(new SlackGrant(Acme, Tokens), Cancel);

        var kept = (await Installations(Store.Again()).AllAsync(Cancel)).ShouldHaveSingleItem();

        (kept.Is.Name, kept.Is.By, kept.Is.Ended, kept.Tokens).ShouldBe(("Acme", Acme.By, null, Tokens));
        kept.Is.Scopes.ShouldBe(["chat:write"]);
    }

    [Fact]
    public async Task No_token_and_no_key_stands_in_a_table_as_it_is()
    {
        await Installations(Store.Database).KeepAsync(new SlackGrant(Acme, Tokens), Cancel);

        await using var db = Store.Database.Open();
        var row = await db.Set<SlackInstallationRow>().SingleAsync(Cancel);
        var key = await db.Set<SecretKeyRow>().SingleAsync(Cancel);
        var all = $"{row.Body}{row.Tokens}{key.Body}{Encoding.UTF8.GetString(Readable(row.Tokens!))}";
        all.ShouldNotContain("canary");
        all.ShouldNotContain("masterKey");
        key.Body.ShouldContain("locked");
    }

    [Fact]
    public async Task Under_another_key_the_tokens_are_not_read_and_the_rest_is()
    {
        await Installations(Store.Database).KeepAsync(new SlackGrant(Acme, Tokens), Cancel);

        var kept = (await Installations(Store.Again(), "HxwdHhsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=").AllAsync(Cancel)).ShouldHaveSingleItem();

        (kept.Is.Name, kept.Tokens).ShouldBe(("Acme", null));
    }

    [Fact]
    public async Task Tokens_of_one_workspace_do_not_open_for_another()
    {
        var installations = Installations(Store.Database);
        await installations.KeepAsync(new SlackGrant(Acme, Tokens), Cancel);
        await installations.KeepAsync(new SlackGrant(Acme with { Workspace = "T3" }, new SlackTokens("xoxb-3")), Cancel);
        await using var db = Store.Database.Open();
        var stolen = (await db.Set<SlackInstallationRow>().AsNoTracking().SingleAsync(row => row.Team == "T2", Cancel)).Tokens;
        (await db.Set<SlackInstallationRow>().SingleAsync(row => row.Team == "T3", Cancel)).Tokens = stolen;
        await db.SaveChangesAsync(Cancel);

        (await installations.AllAsync(Cancel)).Single(kept => kept.Is.Workspace == "T3").Tokens.ShouldBeNull();
    }

    [Fact]
    public async Task One_alone_may_renew_and_only_what_it_read()
    {
        var installations = Installations(Store.Database);
        await installations.KeepAsync(new SlackGrant(Acme, Tokens), Cancel);
        var kept = (await installations.AllAsync(Cancel)).Single();

        (await installations.TryHoldAsync(kept, A.Noon, A.Noon.AddMinutes(1), Cancel)).ShouldBeTrue();
        (await installations.TryHoldAsync(kept, A.Noon, A.Noon.AddMinutes(1), Cancel)).ShouldBeFalse();
        (await installations.TryHoldAsync(kept, A.Noon.AddMinutes(1), A.Noon.AddMinutes(2), Cancel)).ShouldBeTrue();
        (await installations.TryRenewAsync(kept, new SlackTokens("xoxe.xoxb-2", "xoxe-2"), Cancel)).ShouldBeTrue();
        (await installations.TryRenewAsync(kept, new SlackTokens("xoxe.xoxb-3", "xoxe-3"), Cancel)).ShouldBeFalse();
        (await installations.TryEndAsync(kept, new SlackEnd("token_revoked", A.Noon), Cancel)).ShouldBeFalse();

        (await installations.AllAsync(Cancel)).Single().Tokens!.Access.ShouldBe("xoxe.xoxb-2");
    }

    [Fact]
    public async Task What_ended_has_no_tokens_and_what_is_installed_again_has_new_ones()
    {
        var installations = Installations(Store.Database);
        await installations.KeepAsync(new SlackGrant(Acme, Tokens), Cancel);
        var kept = (await installations.AllAsync(Cancel)).Single();

        (await installations.TryEndAsync(kept, new SlackEnd("app_uninstalled", A.Noon), Cancel)).ShouldBeTrue();
        var ended = (await installations.AllAsync(Cancel)).Single();
        (ended.Is.Ended?.Why, ended.Tokens).ShouldBe(("app_uninstalled", null));
        await using (var db = Store.Database.Open())
            (await db.Set<SlackInstallationRow>().SingleAsync(Cancel)).Tokens.ShouldBeNull();

        await installations.KeepAsync(new SlackGrant(Acme, new SlackTokens("xoxb-new")), Cancel);
        var again = (await installations.AllAsync(Cancel)).Single();
        (again.Is.Ended, again.Tokens?.Access).ShouldBe((null, "xoxb-new"));
    }

    private static SlackInstallationStore Installations(Database database, string key = Key)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(new AuditKey(new DataFolder("/nowhere"), key));
        services.AddDataProtection().SetApplicationName("ChatOpsCampaigns");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new SecretKeys(database));
        services.AddOptions<KeyManagementOptions>().Configure<AuditKey>((options, audit) => options.XmlEncryptor = new SecretKeyLock(audit));
        return new SlackInstallationStore(database, services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>(), NullLogger<SlackInstallationStore>.Instance);
    }

    /// <summary>What it would be if it were only written in another alphabet.</summary>
    private static byte[] Readable(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}

public sealed class SlackInstallationStoreTestsOnSqlite() : SlackInstallationStoreTests(Engine.Sqlite);

public sealed class SlackInstallationStoreTestsOnPostgres() : SlackInstallationStoreTests(Engine.Postgres);
