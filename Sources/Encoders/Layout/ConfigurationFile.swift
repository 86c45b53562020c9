internal import Files
internal import JSON

/// A JSON configuration, read field by field with checks that name the field.
struct ConfigurationFile {
    static let maximumBytes = 16 << 20

    let path: String
    let root: JSONElement
    private let object: JSONObject?
    /// Which object inside the file this is, as a prefix of its fields.
    private let prefix: String

    /// - Throws: `ModelLayoutError.missingFile`, `.file`, `.tooLarge`, `.malformed`.
    init(path: String, maximumBytes: Int = Self.maximumBytes) throws(ModelLayoutError) {
        guard Path.isFile(path) else { throw .missingFile(path) }
        let file = try ModelLayoutError.wrapping(MappedFile(path: path))
        guard file.count <= maximumBytes else { throw .tooLarge(file: path, bytes: file.count) }
        do {
            let document = try file.withBytes(in: 0..<file.count) { bytes throws(JSONError) in
                try JSONDocument(wideningIntegersOf: bytes)
            }
            self.init(path: path, root: document.root, prefix: "")
        } catch {
            throw .malformed(file: path, error)
        }
    }

    private init(path: String, root: JSONElement, prefix: String) {
        self.path = path
        self.root = root
        self.object = root.object
        self.prefix = prefix
    }

    /// The configuration of `part`, if it is not null.
    func section(_ part: String) -> ConfigurationFile? {
        guard let value = object?[part], !value.isNull else { return nil }
        return ConfigurationFile(path: path, root: value, prefix: "\(prefix)\(part).")
    }

    /// The configurations in the array `field`.
    func sections(_ field: String) throws(ModelLayoutError) -> [ConfigurationFile] {
        guard let array = object?[field]?.array else { throw invalid(field) }
        return array.enumerated().map { index, value in
            ConfigurationFile(path: path, root: value, prefix: "\(prefix)\(field)[\(index)].")
        }
    }

    /// The configurations in the array that the whole file is.
    func sections() throws(ModelLayoutError) -> [ConfigurationFile] {
        guard let array = root.array else { throw invalid("[]") }
        return array.enumerated().map { index, value in
            ConfigurationFile(path: path, root: value, prefix: "[\(index)].")
        }
    }

    func invalid(_ field: String) -> ModelLayoutError { .invalidField(file: path, field: prefix + field) }

    func unsupported(_ field: String, _ value: String) -> ModelLayoutError {
        .unsupported(file: path, field: prefix + field, value: value)
    }

    private func value(_ field: String) -> JSONElement? {
        guard let value = object?[field], !value.isNull else { return nil }
        return value
    }

    /// The names of all fields.
    var fields: [String] { object?.map(\.key) ?? [] }

    func has(_ field: String) -> Bool { value(field) != nil }

    func int(
        _ field: String, default fallback: Int? = nil, in range: ClosedRange<Int> = 1...1_000_000
    ) throws(ModelLayoutError) -> Int {
        guard let value = value(field) else {
            guard let fallback else { throw invalid(field) }
            return fallback
        }
        guard let number = value.int, range.contains(number) else { throw invalid(field) }
        return number
    }

    func double(_ field: String, default fallback: Double? = nil) throws(ModelLayoutError) -> Double {
        guard let value = value(field) else {
            guard let fallback else { throw invalid(field) }
            return fallback
        }
        guard let number = value.double, number.isFinite else { throw invalid(field) }
        return number
    }

    func bool(_ field: String, default fallback: Bool? = nil) throws(ModelLayoutError) -> Bool {
        guard let value = value(field) else {
            guard let fallback else { throw invalid(field) }
            return fallback
        }
        guard let truth = value.bool else { throw invalid(field) }
        return truth
    }

    func string(_ field: String, default fallback: String? = nil) throws(ModelLayoutError) -> String {
        guard let value = value(field) else {
            guard let fallback else { throw invalid(field) }
            return fallback
        }
        guard let text = value.string else { throw invalid(field) }
        return text
    }

    /// A string, or an array of strings.
    func strings(_ field: String) throws(ModelLayoutError) -> [String] {
        guard let value = value(field) else { throw invalid(field) }
        if let text = value.string { return [text] }
        guard let array = value.array else { throw invalid(field) }
        var texts: [String] = []
        for element in array {
            guard let text = element.string else { throw invalid(field) }
            texts.append(text)
        }
        return texts
    }

    /// Refuses any value of `field` but `expected`.
    func require(_ field: String, _ expected: String) throws(ModelLayoutError) {
        let found = try string(field)
        guard found == expected else { throw unsupported(field, found) }
    }
}
