using CsCheck;

namespace Rasp.Readiness.Tests;

/// <summary>Draws random values one after another, so that a generator of something large reads from top to bottom.</summary>
internal sealed class Draw(PCG random)
{
    /// <summary>How much was drawn: what CsCheck makes smaller when it looks for the smallest example that fails.</summary>
    public ulong Size { get; private set; }

    public int Int(int from, int to)
    {
        var drawn = random.Next((uint)(to - from + 1));
        Size += 1 + drawn;
        return from + (int)drawn;
    }

    public bool Chance(int percent) => Int(0, 99) >= 100 - percent;

    public T Of<T>(params ReadOnlySpan<T> these) => these[Int(0, these.Length - 1)];

    /// <summary>Some of these, at least <paramref name="atLeast"/>, in any order.</summary>
    public List<T> Some<T>(IReadOnlyList<T> these, int atLeast, int? atMost = null)
    {
        var left = these.ToList();
        var some = new List<T>();
        for (var count = Int(atLeast, Math.Min(these.Count, atMost ?? these.Count)); some.Count < count;)
        {
            var i = Int(0, left.Count - 1);
            some.Add(left[i]);
            left.RemoveAt(i);
        }
        return some;
    }
}

/// <summary>A CsCheck generator made of draws.</summary>
internal sealed class Drawn<T>(Func<Draw, T> make) : Gen<T>
{
    public override T Generate(PCG pcg, Size? min, out Size size)
    {
        var draw = new Draw(pcg);
        var made = make(draw);
        size = new Size(draw.Size);
        return made;
    }
}
