namespace ChatOpsCampaigns.Dialogs.Language;

/// <summary>How many letters have to be put in, taken out, replaced or swapped with their neighbour to make one word of another. Capitals count.</summary>
public static class EditDistance
{
    public static int Between(string left, string right)
    {
        var (above, row) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray());
        for (var i = 1; i <= left.Length; i++)
        {
            var next = new int[right.Length + 1];
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                next[j] = Math.Min(Math.Min(row[j], next[j - 1]) + 1, row[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    next[j] = Math.Min(next[j], above[j - 2] + 1);
            }

            (above, row) = (row, next);
        }

        return row[right.Length];
    }
}
