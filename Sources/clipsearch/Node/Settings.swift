internal import Configuration
internal import Files
internal import Inference
internal import Logging
internal import MatrixKernels
import SystemPackage

/// What the node is told from outside: a YAML file, environment variables and flags, each overriding the one before.
///
/// A key `http.port` is `http: { port: … }` in the file and `CLIPSEARCH_HTTP_PORT` in the environment.
/// `config/clipsearch.yml` documents every key.
struct Settings: Sendable, Equatable {
    static let defaults = Settings()

    var host = "127.0.0.1"
    var port = 9200
    var dataPath = "data"
    /// Folders of models; a model in a later folder does not replace one of the same id in an earlier.
    var modelPaths = ["models", "Models"]
    /// Folders from which whole pictures may be shown, by the paths that their documents say.
    var pictureFolders: [String] = []
    /// Hosts from which pictures may be fetched, with `*`; none: documents name no URLs.
    var pictureHosts: [String] = []
    /// Whether pictures are turned as their EXIF says before models see them.
    var appliesOrientation = false
    /// Ids of the models that are deployed when the node starts.
    var startedModels = ["compact"]
    /// Threads for matrix products; 0 is one a core.
    var inferenceThreads = 0
    /// How models' weights are kept where a deployment does not say; nil takes what suits the processor.
    var inferencePrecision: Precision?
    var username = "elastic"
    /// Empty: no credentials are asked for.
    var password = ""
    /// Accepted beside the password, as clients send them: base64 of `id:key`.
    var apiKeys: [String] = []
    /// Nodes that `_reindex` may read from: `host:port`, with `*`.
    var remoteReindexHosts: [String] = []
    var logLevel = Logger.Level.info

    private static let automatic = "auto"
    private static let defaultFile = "config/clipsearch.yml"

    private static let keys: Set = [
        "http.host", "http.port", "http.username", "http.password", "http.api_keys", "path.data", "path.models", "path.pictures",
        "pictures.allowed_hosts", "inference.exif_orientation",
        "inference.precision", "inference.start", "inference.threads", "log.level",
        "reindex.remote.whitelist",
    ]

    var inferenceDefaults: InferenceService.Defaults {
        InferenceService.Defaults(
            threads: inferenceThreads == 0 ? nil : inferenceThreads, precision: inferencePrecision ?? .standard)
    }

    private init() {}

    /// - Parameters:
    ///   - path: the file. Nil: `config/clipsearch.yml` if there is one.
    ///   - flags: values given on the command line, by key.
    /// - Throws: `SettingsError`, or the YAML reader's error for a file that cannot be read.
    init(file path: String?, flags: [AbsoluteConfigKey: ConfigValue]) async throws {
        for key in try SettingsFile.keys(path ?? Self.defaultFile) where !Self.keys.contains(key) {
            throw SettingsError.unknownKey(key, file: path ?? Self.defaultFile, known: Self.keys.sorted())
        }
        let file = try await FileProvider<YAMLSnapshot>(
            filePath: FilePath(path ?? Self.defaultFile), allowMissing: path == nil)
        let config = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: flags),
            EnvironmentVariablesProvider().prefixKeys(with: "clipsearch"),
            file,
        ])
        host = config.string(forKey: "http.host", default: host)
        port = try config.checkedInt(forKey: "http.port", default: port, in: 0...65_535)
        dataPath = config.string(forKey: "path.data", default: dataPath)
        modelPaths = config.stringArray(forKey: "path.models", default: modelPaths).map(BundledModels.resolved)
        pictureFolders = config.stringArray(forKey: "path.pictures", default: pictureFolders)
        pictureHosts = config.stringArray(forKey: "pictures.allowed_hosts", default: pictureHosts)
        appliesOrientation = config.bool(forKey: "inference.exif_orientation", default: appliesOrientation)
        startedModels = config.stringArray(forKey: "inference.start", default: startedModels)
        inferenceThreads = try config.checkedInt(forKey: "inference.threads", default: inferenceThreads, in: 0...1024)
        let precision = config.string(forKey: "inference.precision", default: Self.automatic)
        inferencePrecision = Precision(rawValue: precision)
        guard inferencePrecision != nil || precision == Self.automatic else {
            let known = [Self.automatic] + Precision.allCases.map(\.rawValue)
            throw SettingsError.invalidValue(
                key: "inference.precision", value: precision, expected: known.joined(separator: ", "))
        }
        apiKeys = config.stringArray(forKey: "http.api_keys", isSecret: true, default: apiKeys)
        remoteReindexHosts = config.stringArray(forKey: "reindex.remote.whitelist", default: remoteReindexHosts)
        username = config.string(forKey: "http.username", default: username)
        password = config.string(forKey: "http.password", isSecret: true, default: password)
        let level = config.string(forKey: "log.level", default: logLevel.rawValue)
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw SettingsError.invalidValue(
                key: "log.level", value: level, expected: Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.logLevel = logLevel
    }
}

extension Settings {
    /// - Throws: `SettingsError.notAFolder`: of a folder of pictures that is not there, nothing would ever be shown.
    func checkPictureFolders() throws(SettingsError) {
        for folder in pictureFolders where !Path.isDirectory(folder) { throw .notAFolder(key: "path.pictures", path: folder) }
    }
}

enum SettingsError: Error, Equatable, CustomStringConvertible {
    case notAFolder(key: String, path: String)
    /// A model that `inference.start` names.
    case noSuchModel(String, folders: [String])
    case invalidValue(key: String, value: String, expected: String)
    case unknownKey(String, file: String, known: [String])
    case unreadable(file: String, reason: String)

    var description: String {
        switch self {
        case .invalidValue(let key, let value, let expected): "Setting \(key): [\(value)] is not one of \(expected)"
        case .notAFolder(let key, let path): "Setting \(key): there is no folder \(path)"
        case .noSuchModel(let id, let folders):
            """
            There is no model \(id) in \(folders.joined(separator: ", ")). The bundled one lies in the folder Models of ClipSearch's \
            repository, which is found from there, and from a program that lies below it: a copy of the program elsewhere wants \
            --models FOLDER (setting path.models). Which models are started says inference.start.
            """
        case .unknownKey(let key, let file, let known):
            "\(file): unknown setting [\(key)]; there are \(known.joined(separator: ", "))"
        case .unreadable(let file, let reason): "\(file): \(reason)"
        }
    }
}

extension ConfigReader {
    fileprivate func checkedInt(
        forKey key: ConfigKey, default fallback: Int, in range: ClosedRange<Int>
    ) throws(SettingsError) -> Int {
        let text = string(forKey: key) ?? int(forKey: key).map(String.init) ?? String(fallback)
        guard let value = Int(text), range.contains(value) else {
            throw .invalidValue(
                key: key.description, value: text, expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
