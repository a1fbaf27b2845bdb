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
                _gates[key] = gate = new Gate(isOpen: true);

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

    /// <summary>This key's turn when nobody has it or waits for it; else null, at once.</summary>
    public IDisposable? TryEnter(string key)
    {
        lock (_lock)
        {
            if (_gates.ContainsKey(key))
                return null;

            var gate = new Gate(isOpen: false) { Users = 1 };
            _gates[key] = gate;
            return new Pass(this, key, gate);
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

    private sealed class Gate(bool isOpen)
    {
        public SemaphoreSlim Open { get; } = new(isOpen ? 1 : 0, 1);

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
