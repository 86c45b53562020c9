/// The settings of one component, read as Elasticsearch reads them. Keys that a component does not know are no error.
struct ComponentSettings: Equatable, Sendable {
    let name: String
    let values: [String: SettingValue]

    init(name: String, _ values: [String: SettingValue] = [:]) {
        self.name = name
        self.values = values
    }

    func has(_ key: String) -> Bool { values[key] != nil }

    func string(_ key: String) -> String? {
        switch values[key] {
        case .string(let text): text
        case .strings(let texts): texts.joined(separator: ",")
        case nil: nil
        }
    }

    /// A list; a text is cut at commas.
    func strings(_ key: String) -> [String]? {
        switch values[key] {
        case .string(let text): text.isEmpty ? [] : text.split(separator: ",").map { String($0).trimmed }
        case .strings(let texts): texts
        case nil: nil
        }
    }

    /// A list of lines: a text is one.
    func lines(_ key: String) -> [String]? {
        switch values[key] {
        case .string(let text): [text]
        case .strings(let texts): texts
        case nil: nil
        }
    }

    func bool(_ key: String, default standard: Bool) throws(AnalysisError) -> Bool {
        switch string(key) {
        case nil: return standard
        case "true": return true
        case "false": return false
        case let text?:
            throw .invalidSetting(
                component: name, setting: key, reason: "Failed to parse value [\(text)] as only [true] or [false] are allowed.")
        }
    }

    func int(_ key: String, default standard: Int) throws(AnalysisError) -> Int {
        guard let text = string(key) else { return standard }
        guard let value = Int32(text) else { throw .malformedSetting(component: name, setting: key, value: text) }
        return Int(value)
    }

    /// A number that makes sense from `minimum` on.
    func int(_ key: String, default standard: Int, atLeast minimum: Int, _ reason: String) throws(AnalysisError) -> Int {
        let value = try int(key, default: standard)
        guard value >= minimum else { throw invalid(key, reason) }
        return value
    }

    func invalid(_ key: String, _ reason: String) -> AnalysisError { .invalidSetting(component: name, setting: key, reason: reason) }

    /// Files of words are not read.
    func refuseFile(_ key: String) throws(AnalysisError) {
        if has(key) { throw .filesNotSupported(setting: key) }
    }

    /// Words of a list, or of lists by name: `_english_`; `_none_` is empty. Names that Elasticsearch does not know are words.
    func stopWords(_ key: String = "stopwords", default standard: String) throws(AnalysisError) -> Set<String> {
        try refuseFile(key + "_path")
        var words = Set<String>()
        for entry in strings(key) ?? [standard] {
            guard !StopWords.missing.contains(entry) else { throw .unknownStopWords(entry) }
            if let list = StopWords.named(entry) { words.formUnion(list) } else { words.insert(entry) }
        }
        return words
    }

    func pattern(_ key: String, default standard: String?) throws(AnalysisError) -> Pattern {
        guard let text = string(key) ?? standard else {
            throw .missingSetting(component: name, setting: key, reason: "\(key) is missing for [\(name)]")
        }
        return try Pattern(text, flags: PatternFlags(string("flags") ?? "", component: name))
    }
}
