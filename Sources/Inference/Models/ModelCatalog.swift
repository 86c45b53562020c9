public import Encoders
internal import Files

/// The models found under the models directories.
public struct ModelCatalog: Sendable {
    /// A folder that looks like a model and cannot be one.
    public struct Problem: Sendable, Equatable {
        /// Why it cannot be one.
        public enum Reason: Sendable, Equatable {
            case layout(ModelLayoutError)
            /// A model found earlier has the same id.
            case duplicate(id: String, of: String)
        }

        /// What the model would be called.
        public let id: String
        public let folder: String
        public let reason: Reason

        init(name: String, folder: String, reason: Reason) {
            self.id = Model.id(forName: name)
            self.folder = folder
            self.reason = reason
        }
    }

    /// By id.
    public private(set) var models: [String: Model] = [:]
    /// Models of which something is still to come, by id.
    public private(set) var incomplete: [String: UploadedModel] = [:]
    public private(set) var problems: [Problem] = []
    /// Why models among the incomplete cannot be run although all of them is there.
    private(set) var refused: [String: ModelLayoutError] = [:]

    /// Looks at every folder of `roots` and, where a folder is not a model itself, at the folders in it
    /// (`owner/name`). Of two models with one id the first counts, and uploads before all. Roots that do not exist hold
    /// nothing.
    ///
    /// - Complexity: O(folders); configurations are read, weights are not.
    ///
    /// - Parameter known: uploads that it has are not read again: they never change once they are complete.
    public init(uploads: [UploadedModel] = [], roots: [String], known: ModelCatalog? = nil) {
        for upload in uploads { add(upload, known: known) }
        for root in roots {
            for name in Self.folders(in: root) {
                do throws(ModelLayoutError) {
                    add(Model(name: name, layout: try ModelLayout(folder: "\(root)/\(name)")))
                } catch .notAModel {
                    addModels(of: name, in: root)
                } catch {
                    problems.append(Problem(name: name, folder: "\(root)/\(name)", reason: .layout(error)))
                }
            }
        }
    }

    private mutating func add(_ upload: UploadedModel, known: ModelCatalog?) {
        guard upload.hasDefinition, upload.hasVocabulary else {
            incomplete[upload.id] = upload
            return
        }
        if let model = known?.models[upload.id], model.upload == upload {
            models[upload.id] = model
            return
        }
        do throws(ModelLayoutError) {
            models[upload.id] = Model(upload, layout: try ModelLayout(folder: upload.folder))
        } catch {
            incomplete[upload.id] = upload
            refused[upload.id] = error
            problems.append(Problem(name: upload.id, folder: upload.folder, reason: .layout(error)))
        }
    }

    private mutating func addModels(of owner: String, in root: String) {
        let folder = "\(root)/\(owner)"
        let names = Self.folders(in: folder).map { "\(owner)/\($0)" }
        if names.isEmpty { problems.append(Problem(name: owner, folder: folder, reason: .layout(.notAModel(folder: folder)))) }
        for name in names {
            do throws(ModelLayoutError) {
                add(Model(name: name, layout: try ModelLayout(folder: "\(root)/\(name)")))
            } catch {
                problems.append(Problem(name: name, folder: "\(root)/\(name)", reason: .layout(error)))
            }
        }
    }

    private mutating func add(_ model: Model) {
        if let first = models[model.id]?.folder ?? incomplete[model.id]?.folder {
            problems.append(Problem(name: model.name, folder: model.folder, reason: .duplicate(id: model.id, of: first)))
        } else {
            models[model.id] = model
        }
    }

    /// The names of the visible folders, sorted.
    private static func folders(in path: String) -> [String] {
        ((try? Directory.names(in: path)) ?? []).sorted().filter { name in
            !name.hasPrefix(".") && Path.isDirectory("\(path)/\(name)")
        }
    }
}
