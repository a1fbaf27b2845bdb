namespace ChatOpsCampaigns.Automation.Values;

/// <summary>Lets one through at a time for each key; different keys never wait for each other.</summary>
public sealed class Turnstile
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Gate> _gates = [];

    /// <summary>Waits for this key's turn, which lasts until the returned pass is disposed.</summary>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Gate gate;
        lock (_lock)
        {
            if (!_gates.TryGetValue(key, out gate!))
                _gates[key] = gate = new Gate();

            gate.Users++;
        }

        try
        {
            await gate.Open.WaitAsync(cancellationToken);
            return new Pass(this, key, gate);
        }
        catch
        {
            Leave(key, gate);
            throw;
        }
    }

    private void Leave(string key, Gate gate)
    {
        lock (_lock)
        {
            if (--gate.Users > 0)
                return;

            _gates.Remove(key);
            gate.Open.Dispose();
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Open { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Pass(Turnstile turnstile, string key, Gate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;

            gate.Open.Release();
            turnstile.Leave(key, gate);
        }
    }
}
