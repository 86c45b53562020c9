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

    /// All JPEG, PNG, WebP and GIF files in any depth, by path order; hidden files and folders are passed over.
    ///
    /// - Throws: `ImportError.notAFolder`.
    func files() throws -> [File] {
        let root = URL(fileURLWithPath: path).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue,
            let walk = FileManager.default.enumerator(atPath: root)
        else { throw ImportError.notAFolder(path) }
        var files: [File] = []
        for case let relative as String in walk {
            if (relative as NSString).lastPathComponent.hasPrefix(".") {
                walk.skipDescendants()
            } else if walk.fileAttributes?[.type] as? FileAttributeType == .typeDirectory {
                continue
            } else if Self.extensions.contains((relative as NSString).pathExtension.lowercased()) {
                files.append(File(relativePath: relative, path: root + "/" + relative))
            }
        }
        return files.sorted { $0.relativePath < $1.relativePath }
    }
}

enum ImportError: Error, CustomStringConvertible {
    case notAFolder(String)
    case unreadable(String)
    case noPictures(String)
    case captions(String, reason: String)

    var description: String {
        switch self {
        case .notAFolder(let path): "\(path) is not a folder that can be read"
        case .unreadable(let path): "\(path) cannot be read: no permission, no file, or a name that is not UTF-8"
        case .noPictures(let path): "There are no pictures in \(path)"
        case .captions(let path, let reason): "\(path): \(reason)"
        }
    }
}
