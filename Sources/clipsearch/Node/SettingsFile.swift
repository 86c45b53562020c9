internal import Files
internal import Yams

/// What a settings file says, apart from its values: a misspelt key would otherwise be passed over.
enum SettingsFile {
    /// The dotted keys of a YAML file; none if the file does not exist.
    ///
    /// - Throws: `SettingsError.unreadable`.
    static func keys(_ path: String) throws(SettingsError) -> [String] {
        let bytes: [UInt8]
        do {
            bytes = try File.contents(of: path)
        } catch where error.isMissing {
            return []
        } catch {
            throw .unreadable(file: path, reason: error.systemReason)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable(file: path, reason: "it is not UTF-8")
        }
        do {
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
