namespace Flip.Edge.Flapping;

/// <summary>How a part is away.</summary>
internal enum Trouble
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Nobody listens: connections that were open end, new ones are refused.</summary>
    Refused,

    /// <summary>Connections are accepted and reset at once, and those that were open are reset.</summary>
    Reset,

    /// <summary>Connections stay and are taken, and nothing is ever answered.</summary>
    Silent,

    /// <summary>Each connection is reset after the first five bytes of what the part sends: within a header.</summary>
    CutMidway,
}
