using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EventEngine.Application.Ingestion;

/// <summary>Where the value of a field lies in the body: the text between the quotes, or the number.</summary>
internal readonly record struct Slot(int Start, int Length, JsonTokenType Type, bool Escaped);

/// <summary>The known fields of one entry as places in the body, so that reading an entry allocates nothing. A later duplicate wins.</summary>
internal struct EntrySlots
{
    private Values _values;
    private uint _present;

    public void Clear() => _present = 0;

    public void Set(EntryField field, in Slot slot)
    {
        if (field == EntryField.Unknown) return;
        var bit = 1u << (int)field;
        _present = slot.Type == JsonTokenType.Null ? _present & ~bit : _present | bit;
        _values[(int)field] = slot;
    }

    /// <returns>False when the field was not sent, or sent as null.</returns>
    public readonly bool TryGet(EntryField field, out Slot slot)
    {
        slot = _values[(int)field];
        return (_present & (1u << (int)field)) != 0;
    }

    [InlineArray((int)EntryField.Unknown)]
    private struct Values
    {
        private Slot _first;
    }
}
