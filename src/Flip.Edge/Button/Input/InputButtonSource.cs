namespace Flip.Edge.Button;

/// <summary>A key of an input device: gpio-keys, a keypad, a remote control; or a FIFO with the same records.</summary>
/// <param name="settings">Which.</param>
/// <param name="time">Time.</param>
internal sealed class InputButtonSource(InputButtonSettings settings, TimeProvider time) : IButtonSource
{
    // Once for each key, however often the device comes and goes.
    private readonly OtherKeys _others = new(settings);

    public string Name => "input";

    public BoundButton Bind(PressRecognition presses, Action<string?> remark)
    {
        InputDevice device;
        try
        {
            device = InputDevice.Open(settings.Device);
        }
        catch (DeviceFileException refused)
        {
            throw new ButtonUnavailableException(InputTrouble.Sentence(refused));
        }

        IReadOnlyList<int>? keys = device.Keys();
        InputEventDecoder decoder = new(
            settings.Key, InputEventDecoder.NativeTime,
            (isDown, at) =>
            {
                if (isDown && _others.Right()) remark(null);
                presses.Change(isDown, at);
            },
            at =>
            {
                if (device.IsPressed(settings.Key) is { } isDown) presses.Change(isDown, at);
                else presses.Forget();
            },
            code =>
            {
                if (_others.Pressed(code, keys) is { } sentence) remark(sentence);
            });
        List<string> doubts = Doubts(device, keys);
        ReadingThread thread = new("button", device.File.Handle, decoder.Read);
        ReplacedFile replaced = new(device.File, settings.Device, time);
        string key = KeyNames.Of(settings.Key);
        return new(
            device.IsPipe ? $"{key} from the FIFO {settings.Device}" : $"{key} of \"{device.Name}\", {settings.Device}",
            doubts, LostAsync(thread, replaced), replaced, thread, device);
    }

    private List<string> Doubts(InputDevice device, IReadOnlyList<int>? keys)
    {
        List<string> doubts = [];
        string key = KeyNames.Of(settings.Key);
        if (keys?.Contains(settings.Key) == false)
        {
            const int Most = 12;
            string has = keys.Count == 0 ? "it has no key at all" : $"it has {string.Join(", ", keys.Take(Most).Select(code => KeyNames.Of((ushort)code)))}{(keys.Count > Most ? ", …" : "")}";
            doubts.Add($"\"{device.Name}\" has no {key}: {has}. Name one of them in Button:Input:Key");
        }

        if (device.IsPressed(settings.Key) == true) doubts.Add($"{key} is held down at this moment; if nobody presses it, the button is stuck or wired the wrong way round");
        if (!device.IsPipe && LogindKeys.Doubt(settings.Key) is { } doubt) doubts.Add($"its key is {key}: {doubt}");
        return doubts;
    }

    private async Task<string> LostAsync(ReadingThread thread, ReplacedFile replaced)
    {
        try
        {
            if (await Task.WhenAny(thread.End, replaced.Happened) == replaced.Happened)
            {
                await replaced.Happened;
                return $"{settings.Device} was deleted, moved or made anew";
            }

            int error = await thread.End;
            return error == 0 ? $"{settings.Device} has come to its end" : $"{settings.Device} is gone: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}";
        }
        catch (InvalidDataException wrong)
        {
            return $"{settings.Device} is not used: {wrong.Message}";
        }
    }
}
