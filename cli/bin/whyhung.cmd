@echo off
rem Starts whyhung.jar, which lies beside this file or in ..\target. WHYHUNG_JAVA_OPTS: more options for Java.
setlocal
set "JAR=%~dp0whyhung.jar"
if not exist "%JAR%" set "JAR=%~dp0..\lib\whyhung.jar"
if not exist "%JAR%" set "JAR=%~dp0..\target\whyhung.jar"
if not exist "%JAR%" (
  echo whyhung: whyhung.jar is missing; build it with: mvn -q -DskipTests package 1>&2
  exit /b 2
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -XX:+UseSerialGC -XX:-UsePerfData %WHYHUNG_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
