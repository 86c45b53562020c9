internal import Foundation
internal import Yams

/// What a settings file says, apart from its values: a misspelt key would otherwise be passed over.
enum SettingsFile {
    /// The dotted keys of a YAML file; none if the file does not exist.
    ///
    /// - Throws: `SettingsError.unreadable`.
    static func keys(_ path: String) throws(SettingsError) -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return try Yams.compose(yaml: text).map { keys($0, under: "") } ?? []
        } catch {
            throw .unreadable(file: path, reason: "\(error)")
        }
    }

    private static func keys(_ node: Yams.Node, under path: String) -> [String] {
        guard let mapping = node.mapping else { return path.isEmpty ? [] : [path] }
        return mapping.flatMap { key, value in
            keys(value, under: path.isEmpty ? key.string ?? "" : "\(path).\(key.string ?? "")")
        }
    }
}
