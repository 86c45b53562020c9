internal import Mapping

extension IndexSettings {
    /// These settings with a request's changes: null resets, and a null pattern resets all that it matches.
    ///
    /// - Parameters:
    ///   - preservingExisting: settings that have a value keep it.
    ///   - isOpen: whether only settings that may change at any time are taken.
    ///   - uuid: the index's, for the error's text.
    /// - Throws: `IndicesError`: `.unknownSetting`, `.invalidSetting`, `.settingsNotDynamic`, `.finalSetting`, `.privateSetting`.
    func changed(
        by change: SettingsChange, preservingExisting: Bool, isOpen: Bool, index: String, uuid: String
    ) throws(IndicesError) -> IndexSettings {
        var values = given
        var refused: [String] = []
        for (key, value) in change.values.sorted(by: { $0.key < $1.key }) {
            if key.contains("*"), value == nil {
                let pattern = WildcardPattern(key)
                values = values.filter { !pattern.matches($0.key) || KnownSettings.scope(of: $0.key) != .dynamic }
                continue
            }
            if preservingExisting, values[key] != nil { continue }
            switch KnownSettings.scope(of: key) {
            case nil: throw .unknownSetting(key)
            case .private: throw .privateSetting(key)
            case .dynamic: break
            case .fixedWhileOpen: if isOpen { refused.append(key) }
            case .final:
                if isOpen { refused.append(key) } else if values[key] != value { throw .finalSetting(key, index: index) }
            }
            values[key] = value
        }
        guard refused.isEmpty else { throw .settingsNotDynamic(refused, index: index, uuid: uuid) }
        return try IndexSettings(values)
    }
}
