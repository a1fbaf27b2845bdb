using System.Buffers;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>The body of a request as it came.</summary>
internal static class SentBytes
{
    /// <summary>Null when there is more of it than <paramref name="largest"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var part = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = await request.Body.ReadAsync(part, cancellationToken)) > 0;)
            {
                if (whole.Length + read > largest)
                    return null;

                whole.Write(part, 0, read);
            }

            return whole.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }
}
