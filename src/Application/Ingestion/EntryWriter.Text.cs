using System.Buffers;
using System.Text.Json;

namespace EventEngine.Application.Ingestion;

internal readonly ref partial struct EntryWriter
{
    private string? WriteText(
        ref FactBuffer json, in EntrySlots slots, EntryField field, ReadOnlySpan<byte> opening, int max, bool isRequired = false, string kind = "a string")
    {
        if (!slots.TryGet(field, out var slot)) return isRequired ? $"{EntryFields.NameOf(field)} is missing" : null;
        if (slot.Type != JsonTokenType.String) return $"{EntryFields.NameOf(field)} must be {kind}";
        if (slot.Length == 0 && isRequired) return $"{EntryFields.NameOf(field)} is empty";
        var repaired = false;
        if (slot.Escaped) return WriteDecoded(ref json, slot, field, opening, max, ref repaired) ?? (repaired ? NotText(field) : null);
        var text = ValueOf(slot);
        if (IsLonger(text, max)) return TooLong(field, max);
        json.Write(opening);
        json.Write(text);
        json.Write("\""u8);
        return null;
    }

    /// <summary>Error text comes from exceptions that nobody checked: what can't be stored in it is repaired, and that is marked.</summary>
    private string? WriteErrorText(ref FactBuffer json, in EntrySlots slots)
    {
        var repaired = false;
        var defect = WriteErrorClass(ref json, slots, ref repaired) ?? WriteErrorMessage(ref json, slots, ref repaired);
        if (repaired) json.Write(",\"error_text_repaired\":true"u8);
        return defect;
    }

    private string? WriteErrorClass(ref FactBuffer json, in EntrySlots slots, ref bool repaired)
    {
        if (!slots.TryGet(EntryField.ErrorClass, out var slot)) return null;
        if (slot.Type != JsonTokenType.String) return "error_class must be a string";
        return WriteDecoded(ref json, slot, EntryField.ErrorClass, ",\"error_class\":\""u8, MaxText, ref repaired);
    }

    private string? WriteErrorMessage(ref FactBuffer json, in EntrySlots slots, ref bool repaired)
    {
        if (!slots.TryGet(EntryField.ErrorMessage, out var slot)) return null;
        if (slot.Type != JsonTokenType.String) return "error_message must be a string";
        var text = Decode(slot, out var pooled, ref repaired);
        json.Write(",\"error_message\":\""u8);
        json.WriteEscaped(JsonText.Cut(text, MaxErrorMessageBytes));
        json.Write("\""u8);
        if (text.Length > MaxErrorMessageBytes)
        {
            json.Write(",\"error_message_length\":"u8);
            json.Write(JsonText.CountCharacters(text));
        }

        if (pooled is not null) ArrayPool<byte>.Shared.Return(pooled);
        return null;
    }

    private string? WriteDecoded(ref FactBuffer json, Slot slot, EntryField field, ReadOnlySpan<byte> opening, int max, ref bool repaired)
    {
        var text = Decode(slot, out var pooled, ref repaired);
        var isLonger = IsLonger(text, max);
        json.Write(opening);
        if (!isLonger) json.WriteEscaped(text);
        json.Write("\""u8);
        if (pooled is not null) ArrayPool<byte>.Shared.Return(pooled);
        return isLonger ? TooLong(field, max) : null;
    }

    /// <param name="pooled">To be returned to its pool once the text is no longer needed; null when the body itself holds the text.</param>
    private ReadOnlySpan<byte> Decode(Slot slot, out byte[]? pooled, ref bool repaired)
    {
        pooled = null;
        if (!slot.Escaped) return ValueOf(slot);
        pooled = ArrayPool<byte>.Shared.Rent(slot.Length);
        var length = JsonText.Decode(ValueOf(slot), pooled, out var wasRepaired);
        repaired |= wasRepaired;
        return pooled.AsSpan(0, length);
    }

    private static bool IsLonger(ReadOnlySpan<byte> text, int max) => text.Length > max && JsonText.CountCharacters(text) > max;

    private static string TooLong(EntryField field, int max) => $"{EntryFields.NameOf(field)} is longer than {max} characters";

    private static string NotText(EntryField field) => $"{EntryFields.NameOf(field)} contains NUL or half a surrogate pair";
}
