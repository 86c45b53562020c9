internal import Files
internal import Foundation

/// A folder for one measurement.
enum TemporaryDirectory {
    static func make() throws -> String {
        let path = Path.join(NSTemporaryDirectory(), "clipsearch-\(UUID().uuidString)")
        try Directory.create(path)
        return path
    }

    /// The folder lives as long as `body` runs.
    static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
        let path = try make()
        defer { try? Path.remove(path) }
        return try body(path)
    }
}
