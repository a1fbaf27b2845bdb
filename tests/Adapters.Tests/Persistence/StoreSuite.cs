namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>Tests that hold on every engine: each gets a database of its own.</summary>
public abstract class StoreSuite(Engine engine) : IAsyncLifetime
{
    internal TemporaryStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await TemporaryStore.NewAsync(engine, Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Store.DisposeAsync();
    }
}
