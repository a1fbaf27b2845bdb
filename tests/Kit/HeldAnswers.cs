using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Kit;

public static class HeldAnswers
{
    /// <summary>The network holds its answer to one kind of command, before or after it took effect, until the test gives it.</summary>
    public static (Task Asked, TaskCompletionSource Answer) Hold(this FakeNetwork network, Type step, bool tookEffect)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (tookEffect)
            network.AnswerTakes = HeldAsync;
        else
            network.Takes = HeldAsync;

        return (asked.Task, answer);

        Task HeldAsync(NetworkCommand command)
        {
            if (command.GetType() != step)
                return Task.CompletedTask;

            asked.TrySetResult();
            return answer.Task;
        }
    }
}
