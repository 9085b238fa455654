using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>What one pass over a device found: its models, and the registers that were read on the way.</summary>
internal sealed class SunSpecMap(ushort baseAddress)
{
    public ushort BaseAddress { get; } = baseAddress;

    public List<SunSpecModel> Models { get; } = [];

    public RegisterBlocks Blocks { get; } = new();

    /// <summary>
    /// True when the walk ended for want of an answer, and not at an end marker. The device may have been busy at that moment, with more
    /// models to come: the second reading then walks again.
    /// </summary>
    public bool EndsInTheOpen { get; set; }

    /// <summary>What is known of such devices beforehand.</summary>
    public SunSpecFamily Family { get; set; } = SunSpecFamily.Any;

    /// <summary>
    /// True when the chain leads nowhere, or does not end: a model with a battery in it may have been missed, or be counted more often
    /// than it is there.
    /// </summary>
    public bool BreaksOff { get; set; }

    /// <summary>Odd things about the map, each a sentence.</summary>
    public List<string> Oddities { get; } = [];

    /// <summary>Why registers of a model could not be read, by the model's address.</summary>
    public Dictionary<int, string> Unreadable { get; } = [];

    /// <summary>
    /// Where two responses of this pass tell of different models, or of a model and of the end: one of them was not the answer to its
    /// request, and nobody knows which. Null where they agree.
    /// </summary>
    public int? Contradiction =>
        Models.FirstOrDefault(model => !AllTell(model.Address, model.Id)) is { } torn ? torn.Address
        : IsEnd && !AllTell(Behind, SunSpecHeaders.EndOfMap) ? Behind
        : null;

    /// <summary>True when an end marker stands behind the last model.</summary>
    public bool IsEnd => Blocks.Find(Behind) == SunSpecHeaders.EndOfMap;

    private int Behind => Models.Count > 0 ? Models[^1].Next : BaseAddress + 2;

    public IEnumerable<SunSpecModel> Of(ushort id) => Models.Where(model => model.Id == id);

    /// <summary>The field, or the same as not implemented where this family's is known to be wrong: what was read stays as evidence.</summary>
    public NameplateField<T> Believe<T>(NameplateField<T> field, ushort model, string point)
        where T : notnull =>
        Family.Ignored.FirstOrDefault(ignored => ignored.Model == model && ignored.Point == point) is { } wrong
            ? field with { State = FieldState.NotImplemented, Value = default, Kind = null, Reason = $"{field.Source} is not believed: {wrong.Why}" }
            : field;

    public bool Has(ushort id) => Of(id).Any();

    private bool AllTell(int address, ushort id) => Blocks.All.All(block => !block.Covers(address, 1) || block.At(address) == id);
}
