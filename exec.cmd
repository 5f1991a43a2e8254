@rem npm scripts start with exec, so that on POSIX no shell stands between npm and the program and swallows
@rem the signals. cmd.exe has no such word and finds this file instead.
@%*
