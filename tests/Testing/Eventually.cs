using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EventEngine.Testing;

/// <summary>Waits for a condition. The only place in the tests that lets time pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">It did not become true in time; the message quotes the condition.</exception>
    public static async Task Becomes(
        Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > (timeout ?? Patience))
                throw new TimeoutException($"Did not become true within {timeout ?? Patience}: {what}");
            await Task.Delay(Glance);
        }
    }

    public static Task Becomes(Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Becomes(() => Task.FromResult(condition()), timeout, what);

    /// <summary>Repeats assertions until they hold; the last failure is thrown as it is.</summary>
    public static async Task Holds(Func<Task> assertions, TimeSpan? timeout = null)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception) when (waited.Elapsed < (timeout ?? Patience))
            {
                await Task.Delay(Glance);
            }
        }
    }
}
