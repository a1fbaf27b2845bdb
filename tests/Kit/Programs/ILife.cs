namespace ChatOpsCampaigns.Kit.Programs;

/// <summary>One run of the program, from its start until it ended.</summary>
internal interface ILife : IDisposable
{
    bool HasEnded { get; }

    /// <summary>When it has ended.</summary>
    int ExitCode { get; }

    /// <summary>The process's own number.</summary>
    int Process { get; }

    Task EndedAsync(CancellationToken cancellationToken);

    /// <summary>As Ctrl-C does.</summary>
    Task AskToEndAsync(CancellationToken cancellationToken);

    /// <summary>kill -9: no warning, nothing is put in order.</summary>
    Task KillAsync();

    /// <summary>The shortest way to an end; nobody looks at how.</summary>
    Task LeaveAsync();
}
