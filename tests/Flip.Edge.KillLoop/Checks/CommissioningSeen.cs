using System.Text.Json.Nodes;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>The part <c>commissioning</c> of a status.</summary>
internal sealed record CommissioningSeen(string State, string? ReasonCode, string? Reason, bool IsRequested, int Attempts, string? RequestSha256)
{
    public bool IsCommissioned => State == "commissioned";

    /// <summary>A state that nothing but a person ends.</summary>
    public bool IsStranded => State == "attention" && ReasonCode is "conflict" or "invalid" or "site_data";

    public static CommissioningSeen Of(JsonNode status)
    {
        JsonNode part = status["commissioning"]!;
        return new(
            (string)part["state"]!, (string?)part["reason_code"], (string?)part["reason"], (bool)part["requested"]!, (int)part["attempts"]!,
            (string?)part["request_sha256"]);
    }

    public override string ToString() => ReasonCode is null ? State : $"{State}/{ReasonCode}: {Reason}";
}
