import FoundationEssentials
import Testing

/// A folder that goes away with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "clipsearch-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, and the folders that it lies in.
    @discardableResult
    func write(_ name: String, _ contents: some Collection<UInt8>) throws -> String {
        let file = "\(path)/\(name)"
        let folder = URL(filePath: file).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(contents).write(to: URL(filePath: file))
        return file
    }

    /// Copies a file or folder into this one.
    func copy(_ source: String, to name: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(name)")
    }
}

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
