/// Writes pickles, protocol 2, as `torch.save` does and as it never would.
struct PickleBuilder {
    var bytes: [UInt8] = [0x80, 2]

    mutating func raw(_ more: [UInt8]) { bytes += more }
    mutating func op(_ character: Character) { bytes.append(character.asciiValue ?? 0) }
    mutating func global(_ module: String, _ name: String) { bytes += "c\(module)\n\(name)\n".utf8 }
    mutating func string(_ text: String) { bytes += [0x58] + littleEndian(UInt32(text.utf8.count)) + text.utf8 }
    mutating func integer(_ value: Int32) { bytes += [0x4A] + littleEndian(value) }

    mutating func integers(_ values: [Int32]) {
        op("(")
        values.forEach { integer($0) }
        op("t")
    }

    mutating func tensor(
        storage: String = "FloatStorage", key: String = "0", count: Int32, offset: Int32 = 0, shape: [Int32],
        strides: [Int32]
    ) {
        global("torch._utils", "_rebuild_tensor_v2")
        op("(")
        op("(")
        string("storage")
        global("torch", storage)
        string(key)
        string("cpu")
        integer(count)
        op("t")
        op("Q")
        integer(offset)
        integers(shape)
        integers(strides)
        bytes.append(0x89)
        global("collections", "OrderedDict")
        op(")")
        op("R")
        op("t")
        op("R")
    }

    /// A dictionary of what `items` writes, name and value in turn.
    static func dictionary(_ items: (inout PickleBuilder) -> Void) -> [UInt8] {
        var builder = PickleBuilder()
        builder.op("}")
        builder.op("(")
        items(&builder)
        builder.op("u")
        builder.op(".")
        return builder.bytes
    }
}

/// An archive of one pickle and storage `0` with the floats 0, 1, 2, …
func torchArchive(_ pickle: [UInt8], floats: Int = 6, extra: [(name: String, contents: [UInt8])] = []) -> [UInt8] {
    let data = (0..<floats).flatMap { littleEndian(Float($0).bitPattern) }
    return zip([("archive/data.pkl", pickle), ("archive/data/0", data)] + extra)
}
