namespace ChatOpsCampaigns.Adapters.Tests;

public sealed class DataFolderLockTests
{
    [Fact]
    public void A_second_holder_is_told_who_holds_it()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("lock-").FullName);
        using (DataFolderLock.Take(folder, TimeProvider.System))
        {
            Should.Throw<InvalidOperationException>(() => DataFolderLock.Take(folder, TimeProvider.System))
                .Message.ShouldContain($"process {Environment.ProcessId}");
        }

        DataFolderLock.Take(folder, TimeProvider.System).Dispose();
        Directory.Delete(folder.Path, recursive: true);
    }
}
