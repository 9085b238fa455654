namespace Flip.Edge.Mqtt;

/// <summary>Whether the broker is connected.</summary>
internal sealed class MqttState(ChangeSignal changes)
{
    private volatile bool _isConnected;

    public bool IsConnected
    {
        get => _isConnected;
        set
        {
            if (_isConnected == value) return;
            _isConnected = value;
            changes.Raise();
        }
    }
}
