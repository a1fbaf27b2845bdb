using System.Text;

namespace ChatOpsCampaigns.WarmProgram;

/// <summary>What the lives write, a whole line at a time and with the number of whoever wrote it.</summary>
internal sealed class LifeWords(TextWriter told) : TextWriter
{
    /// <summary>Words of no life: a library's own thread.</summary>
    private static readonly Life Nobody = new(0);

    private readonly Lock _writing = new();

    public override Encoding Encoding => told.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        var life = Life.Current.Value ?? Nobody;
        lock (_writing)
        {
            life.Line.Append(value);
            var whole = life.Line.ToString();
            var end = whole.LastIndexOf('\n');
            if (end < 0)
                return;

            life.Line.Remove(0, end + 1);
            foreach (var line in whole[..end].Split('\n'))
                told.WriteLine($"{life.Number}|{line.TrimEnd('\r')}");

            told.Flush();
        }
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public void End(Life life, int code)
    {
        lock (_writing)
        {
            if (life.Line.Length > 0)
                told.WriteLine($"{life.Number}|{life.Line}");

            told.WriteLine($"{life.Number}!{code}");
            told.Flush();
        }
    }
}
