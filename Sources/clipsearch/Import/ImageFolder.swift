internal import Files
internal import Foundation

/// The pictures below a folder.
struct ImageFolder {
    struct File: Sendable, Equatable {
        /// From the folder, with `/` between the parts.
        var relativePath: String
        var path: String

        var name: String { (relativePath as NSString).lastPathComponent }
        var folder: String { (path as NSString).deletingLastPathComponent }
    }

    private static let extensions: Set<String> = ["jpg", "jpeg", "png", "webp", "gif"]

    let path: String

    /// All JPEG, PNG, WebP and GIF files in any depth, by path order; hidden files and folders are passed over, and links to
    /// folders are not followed.
    ///
    /// - Throws: `ImportError.notAFolder`.
    func files() throws -> [File] {
        let root = URL(fileURLWithPath: path).standardizedFileURL.path
        guard let names = try? Directory.names(in: root) else { throw ImportError.notAFolder(path) }
        return Self.pictures(names, in: root, below: "").sorted { $0.relativePath < $1.relativePath }
    }

    private static func pictures(_ names: [String], in root: String, below prefix: String) -> [File] {
        names.filter { !$0.hasPrefix(".") }.flatMap { name in
            let relative = prefix + name, path = root + "/" + relative
            if Path.isDirectory(path, followingLinks: false) {
                return pictures((try? Directory.names(in: path)) ?? [], in: root, below: relative + "/")
            }
            guard extensions.contains((name as NSString).pathExtension.lowercased()) else { return [] }
            return [File(relativePath: relative, path: path)]
        }
    }
}

enum ImportError: FileErrorWrapping, CustomStringConvertible {
    case notAFolder(String)
    case file(FileError)
    case noPictures(String)
    case captions(String, reason: String)

    var description: String {
        switch self {
        case .notAFolder(let path): "\(path) is not a folder that can be read"
        case .file(let error):
            "\(error.path) cannot be read: \(error.systemReason)\(error.isMissing ? ", or its name is not UTF-8" : "")"
        case .noPictures(let path): "There are no pictures in \(path)"
        case .captions(let path, let reason): "\(path): \(reason)"
        }
    }
}
