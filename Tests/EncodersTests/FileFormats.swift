func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// A safetensors file with any header and data.
func safetensors(_ header: String, data: [UInt8]) -> [UInt8] {
    littleEndian(UInt64(header.utf8.count)) + header.utf8 + data
}

/// A ZIP file of stored entries, as `torch.save` writes it.
///
/// - Parameter deflated: The entries whose contents are given deflated, with the lengths that they are said to have.
func zip(
    _ entries: [(name: String, contents: [UInt8])], method: UInt16 = 0, deflated: [String: UInt32] = [:]
) -> [UInt8] {
    var file: [UInt8] = [], directory: [UInt8] = []
    for (name, contents) in entries {
        let offset = UInt32(file.count), packed = UInt32(contents.count)
        let sizes = littleEndian(packed) + littleEndian(deflated[name] ?? packed)
        let common = [UInt8](repeating: 0, count: 8) + sizes + littleEndian(UInt16(name.utf8.count))
        let lead = littleEndian(UInt16(0)) + littleEndian(deflated[name] == nil ? method : 8)
        file += littleEndian(UInt32(0x0403_4b50)) + littleEndian(UInt16(20)) + lead + common + littleEndian(UInt16(0))
        file += Array(name.utf8) + contents
        directory += littleEndian(UInt32(0x0201_4b50)) + littleEndian(UInt32(0)) + lead + common
        directory += [UInt8](repeating: 0, count: 12) + littleEndian(offset) + Array(name.utf8)
    }
    let start = UInt32(file.count), count = littleEndian(UInt16(entries.count))
    let end = littleEndian(UInt32(0x0605_4b50)) + littleEndian(UInt32(0)) + count + count
    return file + directory + end + littleEndian(UInt32(directory.count)) + littleEndian(start) + littleEndian(UInt16(0))
}
